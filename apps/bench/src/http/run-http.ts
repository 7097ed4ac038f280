import { randomPairs } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import { HTTP_OPERATIONS, type HttpResult, measureRequests } from "./measure-requests.ts";
import { startServer } from "./server-process.ts";

/** What to measure and with what. */
export interface HttpOptions {
  readonly directory: string;
  readonly pairs: number;
  /** Other trips of each operation before it is measured: a server has long compiled its code. */
  readonly warmUp: number;
  readonly seed: number;
  /** Threads of the server that plan. */
  readonly threads: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** A finished measurement. */
export interface HttpRun {
  readonly region: RegionUnderTest["facts"];
  readonly warmUp: number;
  readonly seed: number;
  readonly threads: number;
  readonly operations: readonly HttpResult[];
}

/**
 * Measures warm requests from this process to a server in another: distinct random trips, one after
 * another, default vehicle and payload, geometry and elevation in every answer. The server keeps no
 * results.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function runHttp(options: HttpOptions): Promise<HttpRun> {
  const { directory, pairs, warmUp, seed, threads, now, progress } = options;
  const { graph, facts } = await openRegion(directory);
  const drawn = randomPairs(graph, pairs + warmUp, seed);
  progress("starting the server");
  const server = await startServer(directory, threads);
  const operations: HttpResult[] = [];
  try {
    for (const operation of HTTP_OPERATIONS) {
      await measureRequests(server, operation, drawn.slice(pairs), now, () =>
        progress(`${operation.title}: warming up`),
      );
      operations.push(
        await measureRequests(server, operation, drawn.slice(0, pairs), now, (done) =>
          progress(`${operation.title}: ${done} of ${pairs}`),
        ),
      );
    }
  } finally {
    await server.close();
  }
  return { region: facts, warmUp, seed, threads, operations };
}

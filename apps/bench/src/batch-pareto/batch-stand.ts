import { type CreatePlanner, openRegionApp, poolOf, type RegionApp } from "../region-app.ts";
import { createReplayPlanner } from "./replay-planner.ts";

/** Where batches are sent to. */
export interface BatchStand {
  /** Answers `POST` with a JSON body at a path, or `GET` without one. */
  send(path: string, body?: string): Promise<Response>;
  close(): Promise<void>;
}

/** A stand in this process, with the region that it serves. */
export interface OwnStand extends BatchStand, Pick<RegionApp, "graph" | "facts"> {}

/** What serves a batch in this process. */
export interface OwnStandOptions {
  readonly directory: string;
  /** Whether a replay stands for the road search. */
  readonly isReplay: boolean;
  /** Pairs under way at the same time, and threads of the planner. */
  readonly concurrency: number;
  readonly onPlanned: () => void;
}

/**
 * The product's application without a socket.
 *
 * @throws {ReasonError} those of `openRegion` and of the planner
 */
export async function openOwnStand(options: OwnStandOptions): Promise<OwnStand> {
  const { directory, isReplay, concurrency, onPlanned } = options;
  const createPlanner: CreatePlanner = isReplay
    ? (region, graph) => Promise.resolve(createReplayPlanner(region, graph))
    : poolOf(concurrency);
  const counting: CreatePlanner = async (region, graph) => {
    const planner = await createPlanner(region, graph);
    return {
      ...planner,
      writePareto: (request, style, control) =>
        planner.writePareto(request, style, control).finally(onPlanned),
    };
  };
  const served = await openRegionApp(directory, counting, {
    batchConcurrency: concurrency,
  });
  const { app, graph, facts } = served;
  return {
    graph,
    facts,
    async send(path, body) {
      return app.request(path, body === undefined ? {} : posted(body));
    },
    close: () => served.close(),
  };
}

/** A server that runs somewhere else. */
export function openLiveStand(baseUrl: string, timeoutMs: number): BatchStand {
  return {
    send(path, body) {
      const signal = AbortSignal.timeout(timeoutMs);
      const url = `${baseUrl.replace(/\/+$/, "")}${path}`;
      return fetch(url, body === undefined ? { signal } : { ...posted(body), signal });
    },
    close: () => Promise.resolve(),
  };
}

function posted(body: string): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body };
}

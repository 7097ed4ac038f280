import { fillTemplate, type RouterAnswer, type RouterShape } from "./router-shapes.ts";
import type { Trip } from "./trips.ts";

/** Whom to ask what, and the bounds of asking. */
export interface TimeRouterOptions {
  readonly shape: RouterShape;
  /** URL with the places `{fromLon} {fromLat} {toLon} {toLat}`, if the ends of a trip go there. */
  readonly template: string;
  readonly profile?: string;
  readonly trips: readonly Trip[];
  /** How many of the trips, the first ones, are asked without a clock; default 20. */
  readonly warmUp?: number;
  /** Host with port, as in the URL, to be asked although it is not this machine. */
  readonly allowHost?: string;
  /** Per request; default 10 s. */
  readonly timeoutMs?: number;
  /** Longest answer that is read; default 16 MiB. */
  readonly maxBytes?: number;
  readonly now: () => number;
  readonly fetch?: typeof fetch;
}

/** One trip that was asked for. */
export interface TimedTrip {
  readonly trip: Trip;
  /** On the wall, from sending to the parsed answer. */
  readonly latencyMs: number;
  /** A string says what went wrong. */
  readonly answer: RouterAnswer | string;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Asks a router for one trip after another and takes the time of each.
 *
 * @throws {RangeError} for a template that leads to another machine than this one, unless that host
 *   was allowed by name, or that has unknown places; where the warm-up leaves no trip
 */
export async function timeRouter(options: TimeRouterOptions): Promise<TimedTrip[]> {
  const { template, trips, warmUp = 20, allowHost } = options;
  const urls = trips.map((trip) => {
    const url = new URL(fillTemplate(template, trip));
    if (!LOOPBACK.test(url.hostname) && url.host !== allowHost) {
      throw new RangeError(`${url.host} is not this machine; to ask it, allow it by name`);
    }
    return url;
  });
  if (trips.length <= warmUp) throw new RangeError(`${warmUp} trips to warm up leave none to time`);
  const timed: TimedTrip[] = [];
  for (const [index, trip] of trips.entries()) {
    const startedAtMs = options.now();
    const answer = await askOnce(options, urls[index]!, trip);
    const latencyMs = options.now() - startedAtMs;
    if (index >= warmUp) timed.push({ trip, latencyMs, answer });
  }
  return timed;
}

async function askOnce(
  options: TimeRouterOptions,
  url: URL,
  trip: Trip,
): Promise<RouterAnswer | string> {
  const { shape, profile, timeoutMs = 10_000, maxBytes = 2 ** 24 } = options;
  const request = options.fetch ?? fetch;
  // A redirect could lead to a host that nobody has named.
  const init: RequestInit = { redirect: "error", signal: AbortSignal.timeout(timeoutMs) };
  if (shape.body !== undefined) {
    init.method = "POST";
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(shape.body(trip, profile));
  }
  try {
    const response = await request(url, init);
    const text = await textOf(response, maxBytes);
    const answer = shape.read(response.status, JSON.parse(text));
    return answer ?? `HTTP ${response.status}: ${text.slice(0, 200)}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

async function textOf(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`an answer of more than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Many timed trips in a few figures. Percentiles are of trips with a route, by nearest rank. */
export interface RouterSummary {
  readonly asked: number;
  readonly routes: number;
  readonly withoutRoute: number;
  readonly failures: readonly string[];
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Means over the routes: whoever compares times must see that the same trips were driven. */
  readonly meanDistanceKm: number;
  readonly meanDurationMin: number;
}

/** Sums timed trips up; figures without a route behind them are NaN. */
export function summarise(timed: readonly TimedTrip[]): RouterSummary {
  const latencies: number[] = [];
  const failures: string[] = [];
  let distanceM = 0;
  let durationS = 0;
  for (const { trip, latencyMs, answer } of timed) {
    if (typeof answer === "string") {
      failures.push(`${trip.origin.join(",")} -> ${trip.destination.join(",")}: ${answer}`);
    } else if (answer.kind === "route") {
      latencies.push(latencyMs);
      distanceM += answer.distanceM;
      durationS += answer.durationS;
    }
  }
  latencies.sort((a, b) => a - b);
  const rank = (share: number): number =>
    latencies[Math.max(0, Math.ceil(share * latencies.length) - 1)] ?? Number.NaN;
  return {
    asked: timed.length,
    routes: latencies.length,
    withoutRoute: timed.length - latencies.length - failures.length,
    failures,
    latencyMs: { p50: rank(0.5), p95: rank(0.95), max: rank(1) },
    meanDistanceKm: distanceM / 1_000 / latencies.length,
    meanDurationMin: durationS / 60 / latencies.length,
  };
}

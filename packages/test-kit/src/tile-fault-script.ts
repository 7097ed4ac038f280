import type { LoopbackTileServerOptions, TileFault } from "./loopback-tile-server.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { MOVED_FOLDER, tileFault, type TileFaultName, type TileFaultScene } from "./tile-faults.ts";

/** When a fault happens. What is left out does not matter. */
export interface TileFaultRule {
  readonly fault: TileFaultName;
  /** Tiles by "z/x/y". */
  readonly tiles?: readonly string[];
  /** Requests of the tile, counted from 0: from the first number to before the second. */
  readonly attempts?: readonly [from: number, to: number];
  /** Requests of the server, counted from 0, modulo `period`. */
  readonly requests?: readonly [from: number, to: number];
  readonly period?: number;
  /** Share of the requests that are met, 0 to 1. Default 1. */
  readonly share?: number;
}

/** Everything that goes wrong with an origin, as data. The first rule that applies counts. */
export interface TileFaultScript {
  readonly seed: number;
  readonly rules: readonly TileFaultRule[];
}

/** A script at work. */
export interface TileFaultPlayer {
  /** For {@link LoopbackTileServerOptions.faults}. */
  readonly faults: NonNullable<LoopbackTileServerOptions["faults"]>;
  /** How often each fault happened so far. */
  counts(): ReadonlyMap<TileFaultName, number>;
}

/**
 * Plays a script of faults. Whether a share meets a request follows from the seed, the tile, and
 * how often that tile was asked for, so that it does not depend on the order in which requests for
 * different tiles arrive.
 */
export function playTileFaults(script: TileFaultScript, scene: TileFaultScene): TileFaultPlayer {
  const asked = new Map<string, number>();
  const counts = new Map<TileFaultName, number>();
  const built = new Map<string, TileFault>();

  function applies(
    rule: TileFaultRule,
    at: number,
    tile: string,
    request: number,
    attempt: number,
  ) {
    const { tiles, attempts, requests, period, share = 1 } = rule;
    if (tiles !== undefined && !tiles.includes(tile)) return false;
    if (attempts !== undefined && !isWithin(attempt, attempts)) return false;
    const place = period === undefined ? request : request % period;
    if (requests !== undefined && !isWithin(place, requests)) return false;
    if (share >= 1) return true;
    const seed = hashOf(`${script.seed} ${at} ${tile} ${attempt}`);
    return createSeededRandom(seed).chance(share);
  }

  return {
    faults(request, id, path) {
      if (path.startsWith(MOVED_FOLDER)) return undefined;
      const tile = `${id.z}/${id.x}/${id.y}`;
      const attempt = asked.get(tile) ?? 0;
      asked.set(tile, attempt + 1);
      const rule = script.rules.find((each, at) => applies(each, at, tile, request, attempt));
      if (rule === undefined) return undefined;
      counts.set(rule.fault, (counts.get(rule.fault) ?? 0) + 1);
      const key = `${rule.fault} ${tile}`;
      const fault = built.get(key) ?? tileFault(rule.fault, id, scene);
      // Wrong tiles take a while to write, and there are not many of them.
      built.set(key, fault);
      return fault;
    },
    counts: () => counts,
  };
}

function isWithin(value: number, [from, to]: readonly [from: number, to: number]): boolean {
  return value >= from && value < to;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
}

import { GrowableArray } from "../growable-array.ts";
import { nodeRules } from "./node-rules.ts";
import type { OsmTags } from "./osm-elements.ts";
import { legalRoadOf } from "./legal-road.ts";
import { readOsmPbf } from "./osm-reader.ts";
import type { OsmSource } from "./osm-source.ts";
import { roadClassIndex } from "./road-class.ts";
import {
  type IgnoredRestriction,
  type PathRestriction,
  readRestriction,
  type TurnRestriction,
} from "./turn-restrictions.ts";
import { LIMIT_COLUMNS, readRoadLimits, type RoadLimits } from "./vehicle-limits.ts";
import { wayAccess } from "./way-access.ts";
import { postedSpeedKmh, postedTruckSpeedKmh } from "./way-speed.ts";

/** Bits of a way's flags. */
export const WAY_BRIDGE = 1;
export const WAY_TUNNEL = 2;
export const WAY_TOLL = 4;
export const WAY_ROUNDABOUT = 8;

/** Roads of an extract as columns: everything the graph builder needs, and nothing else. */
export interface RoadNetwork {
  readonly osmTimestamp: string | null;
  readonly ways: {
    readonly count: number;
    readonly osmId: Float64Array;
    readonly roadClass: Uint8Array;
    /** See {@link wayAccess}. */
    readonly access: Uint8Array;
    /** See {@link legalRoadOf}. */
    readonly legalRoad: Uint8Array;
    /** Posted for every vehicle; 0 = none. */
    readonly speedAlongKmh: Uint8Array;
    readonly speedAgainstKmh: Uint8Array;
    /** Posted for trucks alone; 0 = none. */
    readonly truckSpeedAlongKmh: Uint8Array;
    readonly truckSpeedAgainstKmh: Uint8Array;
    /** Row of {@link RoadNetwork.limits}; 0 = none. */
    readonly limits: Uint16Array;
    readonly flags: Uint8Array;
    /** Nodes of way w: `refs[firstRef[w] .. firstRef[w + 1]]`. */
    readonly firstRef: Int32Array;
  };
  /** Index of a node, or -1 where the extract lacks it. */
  readonly refs: Int32Array;
  readonly nodes: {
    /** Ascending. */
    readonly osmId: Float64Array;
    readonly lonE7: Int32Array;
    readonly latE7: Int32Array;
    readonly rules: Uint8Array;
  };
  readonly limits: readonly RoadLimits[];
  /** With a via node. */
  readonly restrictions: readonly TurnRestriction[];
  /** With via ways. */
  readonly pathRestrictions: readonly PathRestriction[];
  readonly counts: {
    readonly highwayWays: number;
    readonly missingNodeRefs: number;
    /** Restrictions that are left out, by reason. */
    readonly ignoredRestrictions: Readonly<Partial<Record<IgnoredRestriction, number>>>;
    readonly conditionalWays: number;
    /** Ways with a size or weight limit that cannot be read; it counts as none. */
    readonly unreadableLimits: number;
  };
}

/** A network once its roads are laid out as edges: without its nodes. */
export type RoadFacts = Omit<RoadNetwork, "refs" | "nodes">;

const NO_LIMITS: RoadLimits = {
  heightM: Infinity,
  widthM: Infinity,
  lengthM: Infinity,
  massT: Infinity,
  ratingT: Infinity,
  axleLoadT: Infinity,
};

/**
 * Reads the roads of an OSM file in two passes: ways and restrictions first, then the nodes that
 * they use, so that memory follows the roads and not the extract.
 *
 * @param progress - called with 0..1
 * @throws {ReasonError} osm_pbf_invalid
 */
export async function readRoadNetwork(
  source: OsmSource,
  progress?: (fraction: number) => void,
): Promise<RoadNetwork> {
  const total = 2 * (source.byteLength ?? Infinity);
  const ways = new WayColumns();
  const restrictions: TurnRestriction[] = [];
  let osmTimestamp: string | null = null;
  const pathRestrictions: PathRestriction[] = [];
  const ignoredRestrictions: Partial<Record<IgnoredRestriction, number>> = {};
  await readOsmPbf(source, {
    header: (header) => (osmTimestamp = header.timestamp),
    way: (id, tags, refs) => ways.add(id, tags, refs),
    relation: (_id, tags, members) => {
      const reading = readRestriction(tags, members);
      if (reading.kind === "restriction") restrictions.push(reading.restriction);
      else if (reading.kind === "path") pathRestrictions.push(reading.restriction);
      else if (reading.kind === "ignored") {
        ignoredRestrictions[reading.reason] = (ignoredRestrictions[reading.reason] ?? 0) + 1;
      }
    },
    progress: (bytes) => progress?.(bytes / total),
  });
  const refIds = ways.refIds.toArray();
  const osmId = uniqueSorted(refIds);
  const lonE7 = new Int32Array(osmId.length);
  const latE7 = new Int32Array(osmId.length);
  const rules = new Uint8Array(osmId.length);
  const found = new Uint8Array(osmId.length);
  await readOsmPbf(source, {
    node: (id, lon, lat, tags) => {
      const index = indexOfSorted(osmId, id);
      if (index < 0) return;
      lonE7[index] = lon;
      latE7[index] = lat;
      rules[index] = nodeRules(tags);
      found[index] = 1;
    },
    progress: (bytes) => progress?.(0.5 + bytes / total),
  });
  let missingNodeRefs = 0;
  // Not `Int32Array.from`, which first makes a list of all of them.
  const refs = new Int32Array(refIds.length);
  for (let at = 0; at < refs.length; at++) {
    const index = indexOfSorted(osmId, refIds[at]!);
    const isFound = found[index] === 1;
    if (!isFound) missingNodeRefs++;
    refs[at] = isFound ? index : -1;
  }
  return {
    osmTimestamp,
    ways: ways.finish(),
    refs,
    nodes: { osmId, lonE7, latE7, rules },
    limits: ways.limits,
    restrictions,
    pathRestrictions,
    counts: {
      highwayWays: ways.highwayWays,
      missingNodeRefs,
      ignoredRestrictions,
      conditionalWays: ways.conditionalWays,
      unreadableLimits: ways.unreadableLimits,
    },
  };
}

class WayColumns {
  readonly #osmId = new GrowableArray((n) => new Float64Array(n));
  readonly #roadClass = new GrowableArray((n) => new Uint8Array(n));
  readonly #access = new GrowableArray((n) => new Uint8Array(n));
  readonly #legalRoad = new GrowableArray((n) => new Uint8Array(n));
  readonly #speedAlong = new GrowableArray((n) => new Uint8Array(n));
  readonly #speedAgainst = new GrowableArray((n) => new Uint8Array(n));
  readonly #truckSpeedAlong = new GrowableArray((n) => new Uint8Array(n));
  readonly #truckSpeedAgainst = new GrowableArray((n) => new Uint8Array(n));
  readonly #limits = new GrowableArray((n) => new Uint16Array(n));
  readonly #flags = new GrowableArray((n) => new Uint8Array(n));
  readonly #firstRef = new GrowableArray((n) => new Int32Array(n));
  readonly #limitRows = new Map<string, number>();
  readonly refIds = new GrowableArray((n) => new Float64Array(n));
  readonly limits: RoadLimits[] = [NO_LIMITS];
  highwayWays = 0;
  conditionalWays = 0;
  unreadableLimits = 0;

  add(id: number, tags: OsmTags, refs: readonly number[]): void {
    if (tags.has("highway")) this.highwayWays++;
    const roadClass = roadClassIndex(tags);
    if (roadClass < 0 || refs.length < 2) return;
    const access = wayAccess(tags);
    // Roads closed to everybody are kept: the answer to "why not here?" needs them.
    for (const key of tags.keys()) {
      if (key.endsWith(":conditional")) {
        this.conditionalWays++;
        break;
      }
    }
    this.#osmId.push(id);
    this.#roadClass.push(roadClass);
    this.#access.push(access);
    this.#legalRoad.push(legalRoadOf(tags, roadClass));
    this.#speedAlong.push(postedSpeedKmh(tags, false));
    this.#speedAgainst.push(postedSpeedKmh(tags, true));
    this.#truckSpeedAlong.push(postedTruckSpeedKmh(tags, false));
    this.#truckSpeedAgainst.push(postedTruckSpeedKmh(tags, true));
    const { limits, hasUnreadable } = readRoadLimits(tags);
    if (hasUnreadable) this.unreadableLimits++;
    this.#limits.push(this.#limitRow(limits));
    this.#flags.push(wayFlags(tags));
    this.#firstRef.push(this.refIds.length);
    for (const ref of refs) this.refIds.push(ref);
  }

  #limitRow(limits: RoadLimits | undefined): number {
    if (limits === undefined) return 0;
    const key = LIMIT_COLUMNS.map((column) => limits[column]).join(" ");
    const known = this.#limitRows.get(key);
    if (known !== undefined) return known;
    const row = this.limits.length;
    if (row > 0xffff) throw new RangeError("more than 65,535 different sets of road limits");
    this.limits.push(limits);
    this.#limitRows.set(key, row);
    return row;
  }

  finish(): RoadNetwork["ways"] {
    this.#firstRef.push(this.refIds.length);
    return {
      count: this.#osmId.length,
      osmId: this.#osmId.toArray(),
      roadClass: this.#roadClass.toArray(),
      access: this.#access.toArray(),
      legalRoad: this.#legalRoad.toArray(),
      speedAlongKmh: this.#speedAlong.toArray(),
      speedAgainstKmh: this.#speedAgainst.toArray(),
      truckSpeedAlongKmh: this.#truckSpeedAlong.toArray(),
      truckSpeedAgainstKmh: this.#truckSpeedAgainst.toArray(),
      limits: this.#limits.toArray(),
      flags: this.#flags.toArray(),
      firstRef: this.#firstRef.toArray(),
    };
  }
}

function wayFlags(tags: OsmTags): number {
  const bridge = tags.get("bridge") ?? "no";
  const tunnel = tags.get("tunnel") ?? "no";
  const toll = tags.get("toll:hgv") ?? tags.get("toll") ?? "no";
  const junction = tags.get("junction");
  let flags = bridge === "no" ? 0 : WAY_BRIDGE;
  // A passage through a building stands on the ground; a culvert carries water.
  if (tunnel !== "no" && tunnel !== "culvert" && tunnel !== "building_passage") flags |= WAY_TUNNEL;
  if (toll === "yes") flags |= WAY_TOLL;
  if (junction === "roundabout" || junction === "circular") flags |= WAY_ROUNDABOUT;
  return flags;
}

function uniqueSorted(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
  }
  return sorted.slice(0, count);
}

/** Index of a value in an ascending array, or -1. */
export function indexOfSorted(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle]!;
    if (at === value) return middle;
    if (at < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

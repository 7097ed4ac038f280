import { GrowableArray } from "../growable-array.ts";
import type { RoadNetwork } from "../osm/road-network.ts";
import { reverseAccess } from "../osm/way-access.ts";
import type { RoadSegments } from "./road-segments.ts";

/**
 * Chains of segments between the junctions that remain after degree-2 contraction: the future
 * edges. Chain c has the vertices `vertices[first[c] .. first[c + 1]]`; `segments[i]` leads from
 * vertex i to vertex i + 1 (and is -1 at the last vertex of a chain), `along[i]` is 1 when it is
 * walked in the direction of its way.
 */
export interface Chains {
  readonly count: number;
  readonly first: Int32Array;
  readonly vertices: Int32Array;
  readonly segments: Int32Array;
  readonly along: Uint8Array;
}

/**
 * Joins segments at every vertex where exactly two meet and both may be driven by the same vehicles
 * in the same directions. Speeds, classes and tolls may differ: an edge keeps those as spans.
 *
 * @param kept - vertices that must stay junctions (1), such as the via nodes of restrictions
 */
export function walkChains(network: RoadNetwork, segments: RoadSegments, kept: Uint8Array): Chains {
  const { access, limits } = network.ways;
  const { from, to, way, firstIncident, incident } = segments;
  const orientedAccess = (segment: number, forward: boolean): number =>
    forward ? access[way[segment]!]! : reverseAccess(access[way[segment]!]!);

  const passes = new Uint8Array(segments.vertexCount);
  for (let v = 0; v < segments.vertexCount; v++) {
    const first = firstIncident[v]!;
    if (firstIncident[v + 1]! - first !== 2 || kept[v] === 1) continue;
    const a = incident[first]!;
    const b = incident[first + 1]!;
    if (a === b || limits[way[a]!] !== limits[way[b]!]) continue;
    const sameAccess = orientedAccess(a, to[a] === v) === orientedAccess(b, from[b] === v);
    if (sameAccess) passes[v] = 1;
  }

  const used = new Uint8Array(segments.count);
  const chains = endsAtJunctions(segments, passes) / 2;
  const expected = segments.count + chains;
  const first = new GrowableArray((n) => new Int32Array(n), chains + 1);
  const vertices = new GrowableArray((n) => new Int32Array(n), expected);
  const sequence = new GrowableArray((n) => new Int32Array(n), expected);
  const along = new GrowableArray((n) => new Uint8Array(n), expected);
  const walk = (start: number, firstSegment: number): void => {
    first.push(vertices.length);
    let vertex = start;
    let segment = firstSegment;
    for (;;) {
      used[segment] = 1;
      const forward = from[segment] === vertex;
      vertices.push(vertex);
      sequence.push(segment);
      along.push(forward ? 1 : 0);
      vertex = forward ? to[segment]! : from[segment]!;
      if (passes[vertex] !== 1 || vertex === start) break;
      const at = firstIncident[vertex]!;
      const next = incident[at] === segment ? incident[at + 1]! : incident[at]!;
      if (used[next] === 1) break;
      segment = next;
    }
    vertices.push(vertex);
    sequence.push(-1);
    along.push(0);
  };
  for (let v = 0; v < segments.vertexCount; v++) {
    if (passes[v] === 1) continue;
    for (let i = firstIncident[v]!; i < firstIncident[v + 1]!; i++) {
      if (used[incident[i]!] !== 1) walk(v, incident[i]!);
    }
  }
  // What is left are rings without any junction.
  for (let s = 0; s < segments.count; s++) if (used[s] !== 1) walk(from[s]!, s);
  const count = first.length;
  first.push(vertices.length);
  return {
    count,
    first: first.toArray(),
    vertices: vertices.toArray(),
    segments: sequence.toArray(),
    along: along.toArray(),
  };
}

/** Ends of segments at vertices that are not passed through: two for each chain that is no ring. */
function endsAtJunctions({ vertexCount, firstIncident }: RoadSegments, passes: Uint8Array): number {
  let ends = 0;
  for (let v = 0; v < vertexCount; v++) {
    if (passes[v] === 0) ends += firstIncident[v + 1]! - firstIncident[v]!;
  }
  return ends;
}

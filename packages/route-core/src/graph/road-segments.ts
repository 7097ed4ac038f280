import { GrowableArray } from "../growable-array.ts";
import { NODE_BLOCKED } from "../osm/node-rules.ts";
import type { RoadNetwork } from "../osm/road-network.ts";

/**
 * Road pieces between two neighbouring vertices. A vertex is an OSM node, except that every way end
 * at a closed barrier gets a vertex of its own, so that nothing passes there.
 */
export interface RoadSegments {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Way of each segment; it runs along the way from `from` to `to`. */
  readonly way: Int32Array;
  readonly vertexCount: number;
  /** Node behind each vertex. */
  readonly vertexNode: Int32Array;
  /** Segments at vertex v: `incident[firstIncident[v] .. firstIncident[v + 1]]`. */
  readonly firstIncident: Int32Array;
  readonly incident: Int32Array;
}

/** Cuts the ways of a network into segments and indexes them by vertex. */
export function cutSegments(network: RoadNetwork): RoadSegments {
  const { ways, refs, nodes } = network;
  // Where every way is whole.
  const expected = refs.length - ways.count;
  const from = new GrowableArray((n) => new Int32Array(n), expected);
  const to = new GrowableArray((n) => new Int32Array(n), expected);
  const way = new GrowableArray((n) => new Int32Array(n), expected);
  const extraNodes: number[] = [];
  const vertexOf = (node: number): number => {
    if ((nodes.rules[node]! & NODE_BLOCKED) === 0) return node;
    extraNodes.push(node);
    return nodes.osmId.length + extraNodes.length - 1;
  };
  for (let w = 0; w < ways.count; w++) {
    for (let r = ways.firstRef[w]! + 1; r < ways.firstRef[w + 1]!; r++) {
      const a = refs[r - 1]!;
      const b = refs[r]!;
      if (a < 0 || b < 0 || a === b) continue;
      from.push(vertexOf(a));
      to.push(vertexOf(b));
      way.push(w);
    }
  }
  const vertexCount = nodes.osmId.length + extraNodes.length;
  const vertexNode = new Int32Array(vertexCount);
  for (let v = 0; v < nodes.osmId.length; v++) vertexNode[v] = v;
  vertexNode.set(extraNodes, nodes.osmId.length);
  const fromArray = from.toArray();
  const toArray = to.toArray();
  return {
    count: from.length,
    from: fromArray,
    to: toArray,
    way: way.toArray(),
    vertexCount,
    vertexNode,
    ...indexByVertex(vertexCount, fromArray, toArray),
  };
}

function indexByVertex(
  vertexCount: number,
  from: Int32Array,
  to: Int32Array,
): { firstIncident: Int32Array; incident: Int32Array } {
  const firstIncident = new Int32Array(vertexCount + 1);
  for (let s = 0; s < from.length; s++) {
    firstIncident[from[s]! + 1]!++;
    firstIncident[to[s]! + 1]!++;
  }
  for (let v = 0; v < vertexCount; v++) firstIncident[v + 1]! += firstIncident[v]!;
  const next = firstIncident.slice();
  const incident = new Int32Array(2 * from.length);
  for (let s = 0; s < from.length; s++) {
    incident[next[from[s]!]!++] = s;
    incident[next[to[s]!]!++] = s;
  }
  return { firstIncident, incident };
}

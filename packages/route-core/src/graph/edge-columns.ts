import { distanceE7 } from "../geo/distance.ts";
import { GrowableArray } from "../growable-array.ts";
import {
  hasControl,
  NODE_CONTROL_AGAINST,
  NODE_CONTROL_ALONG,
  NODE_SIGNALS,
  NODE_STOP,
  reverseNodeRules,
} from "../osm/node-rules.ts";
import type { RoadNetwork } from "../osm/road-network.ts";
import { reverseAccess } from "../osm/way-access.ts";
import type { Chains } from "./chains.ts";
import type { RoadSegments } from "./road-segments.ts";
import {
  CONTROL_BACKWARD,
  CONTROL_FORWARD,
  CONTROL_GIVE_WAY,
  CONTROL_KIND_MASK,
  CONTROL_SIGNALS,
  CONTROL_STOP,
} from "./routing-graph.ts";

/** Shortest length of an edge, so that no division by zero can occur. */
const MIN_EDGE_M = 0.01;

/** Edges, spans, shapes and controls, before elevation. */
export interface EdgeColumns {
  readonly nodeLonE7: Int32Array;
  readonly nodeLatE7: Int32Array;
  /** OSM id of each graph node; the parts of a node at a closed barrier share one. */
  readonly nodeOsmId: Float64Array;
  readonly edgeTail: Int32Array;
  readonly edgeHead: Int32Array;
  readonly edgeLengthM: Float64Array;
  readonly edgeAccess: Uint8Array;
  readonly edgeLimits: Uint16Array;
  readonly firstPoint: Int32Array;
  readonly pointLonE7: Int32Array;
  readonly pointLatE7: Int32Array;
  readonly firstSpan: Int32Array;
  readonly spanEndM: Float64Array;
  /** Row of the network's way columns; the way's own direction is forward where spanAlong is 1. */
  readonly spanWay: Int32Array;
  readonly spanAlong: Uint8Array;
  readonly firstControl: Int32Array;
  readonly controlAtM: Float64Array;
  readonly controlKind: Uint8Array;
}

/** Turns contracted chains into edge columns; graph nodes are numbered in order of appearance. */
export function layOutEdges(
  network: RoadNetwork,
  segments: RoadSegments,
  chains: Chains,
): EdgeColumns {
  const { nodes, ways } = network;
  const nodeOfVertex = new Int32Array(segments.vertexCount).fill(-1);
  const nodeIndex = new GrowableArray((n) => new Int32Array(n));
  const nodeAt = (vertex: number): number => {
    let node = nodeOfVertex[vertex]!;
    if (node < 0) {
      node = nodeOfVertex[vertex] = nodeIndex.length;
      nodeIndex.push(segments.vertexNode[vertex]!);
    }
    return node;
  };
  const edgeTail = new Int32Array(chains.count);
  const edgeHead = new Int32Array(chains.count);
  const edgeLengthM = new Float64Array(chains.count);
  const edgeAccess = new Uint8Array(chains.count);
  const edgeLimits = new Uint16Array(chains.count);
  const firstSpan = new Int32Array(chains.count + 1);
  const firstControl = new Int32Array(chains.count + 1);
  const pointLonE7 = new Int32Array(chains.vertices.length);
  const pointLatE7 = new Int32Array(chains.vertices.length);
  const spanEndM = new GrowableArray((n) => new Float64Array(n));
  const spanWay = new GrowableArray((n) => new Int32Array(n));
  const spanAlong = new GrowableArray((n) => new Uint8Array(n));
  const controlAtM = new GrowableArray((n) => new Float64Array(n));
  const controlKind = new GrowableArray((n) => new Uint8Array(n));

  const controls: { control: number; atM: number }[] = [];
  for (let edge = 0; edge < chains.count; edge++) {
    const from = chains.first[edge]!;
    const last = chains.first[edge + 1]! - 1;
    edgeTail[edge] = nodeAt(chains.vertices[from]!);
    edgeHead[edge] = nodeAt(chains.vertices[last]!);
    firstSpan[edge] = spanWay.length;
    firstControl[edge] = controlKind.length;
    controls.length = 0;
    const firstWay = segments.way[chains.segments[from]!]!;
    edgeLimits[edge] = ways.limits[firstWay]!;
    edgeAccess[edge] =
      chains.along[from] === 1 ? ways.access[firstWay]! : reverseAccess(ways.access[firstWay]!);
    let lengthM = 0;
    for (let i = from; i <= last; i++) {
      const node = segments.vertexNode[chains.vertices[i]!]!;
      pointLonE7[i] = nodes.lonE7[node]!;
      pointLatE7[i] = nodes.latE7[node]!;
      if (i > from) {
        lengthM += distanceE7(
          pointLonE7[i - 1]!,
          pointLatE7[i - 1]!,
          pointLonE7[i]!,
          pointLatE7[i]!,
        );
        const way = segments.way[chains.segments[i - 1]!]!;
        const along = chains.along[i - 1]!;
        const goesOn =
          i < last && segments.way[chains.segments[i]!] === way && chains.along[i] === along;
        if (!goesOn) {
          spanEndM.push(i < last ? lengthM : Math.max(MIN_EDGE_M, lengthM));
          spanWay.push(way);
          spanAlong.push(along);
        }
      }
      const kind = controlOf(
        nodes.rules[node]!,
        i === last ? chains.along[i - 1]! : chains.along[i]!,
      );
      if (kind !== 0) {
        controls.push({ control: kind, atM: lengthM });
      }
    }
    edgeLengthM[edge] = Math.max(MIN_EDGE_M, lengthM);
    for (const { control, atM } of controls) {
      controlAtM.push(atM);
      controlKind.push(directControl(control, atM, lengthM));
    }
  }
  firstSpan[chains.count] = spanWay.length;
  firstControl[chains.count] = controlKind.length;
  const index = nodeIndex.toArray();
  return {
    nodeLonE7: Int32Array.from(index, (node) => nodes.lonE7[node]!),
    nodeLatE7: Int32Array.from(index, (node) => nodes.latE7[node]!),
    nodeOsmId: Float64Array.from(index, (node) => nodes.osmId[node]!),
    edgeTail,
    edgeHead,
    edgeLengthM,
    edgeAccess,
    edgeLimits,
    firstPoint: chains.first,
    pointLonE7,
    pointLatE7,
    firstSpan,
    spanEndM: spanEndM.toArray(),
    spanWay: spanWay.toArray(),
    spanAlong: spanAlong.toArray(),
    firstControl,
    controlAtM: controlAtM.toArray(),
    controlKind: controlKind.toArray(),
  };
}

/** Kind of control at a node with the directions its tags state, as seen by an edge; or 0. */
function controlOf(nodeRules: number, along: number): number {
  if (!hasControl(nodeRules)) return 0;
  const rules = along === 1 ? nodeRules : reverseNodeRules(nodeRules);
  const kind =
    (rules & NODE_SIGNALS) !== 0
      ? CONTROL_SIGNALS
      : (rules & NODE_STOP) !== 0
        ? CONTROL_STOP
        : CONTROL_GIVE_WAY;
  return (
    kind |
    ((rules & NODE_CONTROL_ALONG) !== 0 ? CONTROL_FORWARD : 0) |
    ((rules & NODE_CONTROL_AGAINST) !== 0 ? CONTROL_BACKWARD : 0)
  );
}

/**
 * Adds the directions of a control whose tags name none. Signals then stop both directions, as the
 * tag says; a stop or give-way sign stands just before the junction that it guards and holds back
 * who drives towards that junction, not who leaves it.
 */
function directControl(control: number, atM: number, lengthM: number): number {
  if ((control & (CONTROL_FORWARD | CONTROL_BACKWARD)) !== 0) return control;
  const isSignals = (control & CONTROL_KIND_MASK) === CONTROL_SIGNALS;
  const isJunction = atM === 0 || atM === lengthM;
  if (isSignals || isJunction) return control | CONTROL_FORWARD | CONTROL_BACKWARD;
  return control | (lengthM - atM < atM ? CONTROL_FORWARD : CONTROL_BACKWARD);
}

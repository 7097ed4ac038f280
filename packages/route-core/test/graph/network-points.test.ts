import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import type { EdgeColumns } from "../../src/graph/edge-columns.ts";
import { piecesOf, placePoints, pointOf } from "../../src/graph/network-points.ts";
import { createNeighbourList, listNeighbours } from "../../src/graph/point-neighbours.ts";
import { groundPositions } from "../../src/graph/point-positions.ts";
import { WAY_BRIDGE } from "../../src/osm/road-network.ts";
import { METRES_PER_E7 } from "../../src/geo/distance.ts";

/** Way 0 stands on the ground, way 1 is a bridge. */
const WAY_FLAGS = Uint8Array.of(0, WAY_BRIDGE);

interface Road {
  readonly tail: number;
  readonly head: number;
  readonly lengthM: number;
  /** Metres from the tail at which it goes over onto a bridge; none when left out. */
  readonly bridgeAtM?: number;
}

/** Straight roads to the north, each from the equator on, 1,000 units of longitude apart. */
function edgesOf(nodeCount: number, roads: readonly Road[]): EdgeColumns {
  const spans = roads.map(({ lengthM, bridgeAtM }) =>
    bridgeAtM === undefined ? [lengthM] : [bridgeAtM, lengthM],
  );
  const starts = (counts: readonly number[]): Int32Array => {
    const first = new Int32Array(counts.length + 1);
    for (const [at, count] of counts.entries()) first[at + 1] = first[at]! + count;
    return first;
  };
  const none = new Int32Array(0);
  return {
    nodeLonE7: Int32Array.from({ length: nodeCount }, (_, node) => -node),
    nodeLatE7: new Int32Array(nodeCount),
    nodeOsmId: new Float64Array(nodeCount),
    edgeTail: Int32Array.from(roads, ({ tail }) => tail),
    edgeHead: Int32Array.from(roads, ({ head }) => head),
    edgeLengthM: Float64Array.from(roads, ({ lengthM }) => lengthM),
    edgeAccess: new Uint8Array(roads.length),
    edgeLimits: new Uint16Array(roads.length),
    firstPoint: starts(roads.map(() => 2)),
    pointLonE7: Int32Array.from(roads.flatMap((_, road) => [1000 * road, 1000 * road])),
    pointLatE7: Int32Array.from(
      roads.flatMap(({ lengthM }) => [0, Math.round(lengthM / METRES_PER_E7)]),
    ),
    firstSpan: starts(spans.map(({ length }) => length)),
    spanEndM: Float64Array.from(spans.flat()),
    spanWay: Int32Array.from(spans.flatMap((ends) => ends.map((_, at) => at))),
    spanAlong: new Uint8Array(spans.flat().length),
    firstControl: new Int32Array(roads.length + 1),
    controlAtM: new Float64Array(none),
    controlKind: new Uint8Array(none),
  };
}

describe("the points of a network", () => {
  it("have the neighbours that a walk along every edge finds, loops and short roads included", () => {
    const random = createSeededRandom(17);
    for (let round = 0; round < 50; round++) {
      const nodeCount = 1 + Math.floor(6 * random.next());
      const node = (): number => Math.floor(nodeCount * random.next());
      const roads = Array.from({ length: 12 }, () => ({
        tail: node(),
        head: node(),
        lengthM: 1 + 200 * random.next() ** 2,
      }));
      const points = placePoints(edgesOf(nodeCount, roads), WAY_FLAGS, 40);
      const expected = Array.from({ length: points.count }, (): [number, number][] => []);
      for (const [edge, { lengthM }] of roads.entries()) {
        const pieces = piecesOf(points, edge);
        expect(pieces).toBe(Math.ceil(lengthM / 40));
        for (let piece = 0; piece < pieces; piece++) {
          const a = pointOf(points, edge, piece);
          const b = pointOf(points, edge, piece + 1);
          expected[a]!.push([b, lengthM / pieces]);
          expected[b]!.push([a, lengthM / pieces]);
        }
      }
      const around = createNeighbourList();
      for (let point = 0; point < points.count; point++) {
        listNeighbours(points, point, around);
        const found = Array.from({ length: around.count }, (_, k) => [
          around.point[k],
          around.metres[k],
        ]);
        expect(found).toEqual(expected[point]);
      }
    }
  });

  it("lie at equal distances, and only those on the ground have a position", () => {
    const roads = [
      { tail: 0, head: 1, lengthM: 200 },
      { tail: 1, head: 2, lengthM: 120, bridgeAtM: 50 },
    ];
    const edges = edgesOf(3, roads);
    const points = placePoints(edges, WAY_FLAGS, 40);
    // Nodes, then four inner points, then two, of which the bridge has the second; it ends in node 2.
    expect([...points.onStructure]).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 1]);
    const positions = groundPositions(edges, points);
    const northM = [0, 0, 40, 80, 120, 160, 40];
    expect(positions).toHaveLength(2 * northM.length);
    for (const [at, wantedM] of northM.entries()) {
      expect((positions[2 * at + 1]! * 1e7 * METRES_PER_E7).toFixed(1)).toBe(wantedM.toFixed(1));
    }
  });
});

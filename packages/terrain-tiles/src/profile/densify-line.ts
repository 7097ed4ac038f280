import { createArc, distanceOf, isAntipodal, pointOnArc, setArc } from "./great-circle.ts";
import { mergeStructures, type StructureRange } from "./structure-ranges.ts";

/** A line as interleaved degrees `[lon, lat, lon, lat, ...]` or as positions `[lon, lat]`. */
export type LineCoordinates = Float64Array | readonly (readonly number[])[];

/** How a line is cut into points. */
export interface DensifyOptions {
  /**
   * Largest distance in metres between two points; pieces of longer segments are more than half of
   * it. Default 40, as in the region build; between 25 and 50 nothing of the terrain is lost.
   */
  readonly spacingM?: number;
  /** Bridges and tunnels; their portals become points. */
  readonly structures?: readonly StructureRange[];
}

/** A line with points at short distances. */
export interface DensifiedLine {
  /** Interleaved degrees. */
  readonly lonLat: Float64Array;
  /** Distance in metres from the start of the line, along great circles. */
  readonly distanceM: Float64Array;
  /** Number of the point that each vertex of the line became; vertices are kept as they are. */
  readonly vertexPoint: Int32Array;
  /** 1 for points between the portals of a bridge or tunnel. */
  readonly onStructure: Uint8Array;
}

/** Default of {@link DensifyOptions.spacingM}: about the size of a pixel at zoom 11. */
export const DEFAULT_SPACING_M = 40;

/** A cut this close to a vertex or to another cut is that place. */
const SAME_POINT_M = 0.01;

/**
 * Cuts a line into points at equal distances within each segment, along great circles.
 *
 * @throws {RangeError} when a coordinate is not a number of degrees, the line has no position, or
 *   the spacing or a structure is not valid
 */
export function densifyLine(
  coordinates: LineCoordinates,
  options: DensifyOptions = {},
): DensifiedLine {
  const plan = planLine(coordinates, options);
  const count = placePoints(plan, undefined);
  const line: DensifiedLine = {
    lonLat: new Float64Array(2 * count),
    distanceM: new Float64Array(count),
    vertexPoint: new Int32Array(plan.vertexM.length),
    onStructure: new Uint8Array(count),
  };
  placePoints(plan, line);
  markStructures(plan.structures, line);
  return line;
}

/**
 * Tells how many points {@link densifyLine} would make, without making them.
 *
 * @throws {RangeError} as {@link densifyLine}
 */
export function countLinePoints(
  coordinates: LineCoordinates,
  options: DensifyOptions = {},
): number {
  return placePoints(planLine(coordinates, options), undefined);
}

interface LinePlan {
  readonly vertices: Float64Array;
  readonly vertexM: Float64Array;
  readonly structures: readonly StructureRange[];
  /** Distances of portals, ascending. */
  readonly cutsM: readonly number[];
  readonly spacingM: number;
}

function planLine(coordinates: LineCoordinates, options: DensifyOptions): LinePlan {
  const { spacingM = DEFAULT_SPACING_M, structures = [] } = options;
  if (!Number.isFinite(spacingM) || spacingM <= 0) {
    throw new RangeError(`The spacing must be a positive number of metres, not ${spacingM}.`);
  }
  const vertices = interleave(coordinates);
  const count = vertices.length / 2;
  const vertexM = new Float64Array(count);
  for (let vertex = 1; vertex < count; vertex++) {
    const at = 2 * vertex;
    const lengthM = distanceOf(
      vertices[at - 2]!,
      vertices[at - 1]!,
      vertices[at]!,
      vertices[at + 1]!,
    );
    if (isAntipodal(lengthM)) {
      throw new RangeError(`Positions ${vertex - 1} and ${vertex} lie on opposite sides of Earth.`);
    }
    vertexM[vertex] = vertexM[vertex - 1]! + lengthM;
  }
  const merged = mergeStructures(structures, vertexM[count - 1]!);
  return { vertices, vertexM, structures: merged, cutsM: merged.flat(), spacingM };
}

function interleave(coordinates: LineCoordinates): Float64Array {
  const flat =
    coordinates instanceof Float64Array ? coordinates : new Float64Array(2 * coordinates.length);
  if (!(coordinates instanceof Float64Array)) {
    for (const [index, position] of coordinates.entries()) {
      flat[2 * index] = position[0] ?? Number.NaN;
      flat[2 * index + 1] = position[1] ?? Number.NaN;
    }
  }
  if (flat.length < 2 || flat.length % 2 !== 0) {
    throw new RangeError("A line needs at least one position of two numbers.");
  }
  for (let index = 0; index < flat.length; index++) {
    const limit = index % 2 === 0 ? 180 : 90;
    // Written so that NaN fails.
    if (!(Math.abs(flat[index]!) <= limit)) {
      throw new RangeError(`Position ${index >> 1} is not [lon, lat] in degrees.`);
    }
  }
  return flat;
}

/** Walks along the line and writes its points to `out`, when given; returns how many there are. */
function placePoints(plan: LinePlan, out: DensifiedLine | undefined): number {
  const { vertices, vertexM, cutsM, spacingM } = plan;
  const arc = createArc();
  let point = 0;
  let cut = 0;
  const putVertex = (vertex: number): void => {
    if (out !== undefined) {
      out.lonLat[2 * point] = vertices[2 * vertex]!;
      out.lonLat[2 * point + 1] = vertices[2 * vertex + 1]!;
      out.distanceM[point] = vertexM[vertex]!;
      out.vertexPoint[vertex] = point;
    }
    point++;
  };
  putVertex(0);
  for (let vertex = 1; vertex < vertexM.length; vertex++) {
    const startM = vertexM[vertex - 1]!;
    const endM = vertexM[vertex]!;
    if (out !== undefined) setArc(arc, vertices, vertex - 1, endM - startM);
    let fromM = startM;
    while (fromM < endM) {
      while (cut < cutsM.length && cutsM[cut]! <= fromM + SAME_POINT_M) cut++;
      const isCut = cut < cutsM.length && cutsM[cut]! < endM - SAME_POINT_M;
      const toM = isCut ? cutsM[cut]! : endM;
      // Rounding must not cut a segment of exactly the spacing in two.
      const pieces = Math.max(1, Math.ceil((toM - fromM) / spacingM - 1e-9));
      // The last point of a segment is its vertex, which is put as it is.
      const own = isCut ? pieces : pieces - 1;
      if (out !== undefined) {
        for (let piece = 1; piece <= own; piece++) {
          const atM = fromM + ((toM - fromM) * piece) / pieces;
          out.distanceM[point + piece - 1] = atM;
          pointOnArc(arc, atM - startM, out.lonLat, point + piece - 1);
        }
      }
      point += own;
      fromM = toM;
    }
    putVertex(vertex);
  }
  return point;
}

function markStructures(structures: readonly StructureRange[], line: DensifiedLine): void {
  const { distanceM, onStructure } = line;
  let point = 0;
  for (const [fromM, toM] of structures) {
    while (point < distanceM.length && distanceM[point]! <= fromM + SAME_POINT_M) point++;
    while (point < distanceM.length && distanceM[point]! < toM - SAME_POINT_M) {
      onStructure[point] = 1;
      point++;
    }
  }
}

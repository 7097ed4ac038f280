import type { Bbox, LonLat } from "../geo/lon-lat.ts";
import type { IgnoredRestriction } from "../osm/turn-restrictions.ts";
import type { RoadLimits } from "../osm/vehicle-limits.ts";

/** Version of the binary format and of the meaning of its columns. */
export const GRAPH_FORMAT_VERSION = 3;

/** Span flags. */
export const SPAN_BRIDGE = 1;
export const SPAN_TUNNEL = 2;
/** A toll that no facility explains; `spanFacility` has the others. */
export const SPAN_TOLL = 4;
export const SPAN_ROUNDABOUT = 8;

/** Control kinds; which directions they stop is in the bits above. */
export const CONTROL_SIGNALS = 1;
export const CONTROL_STOP = 2;
export const CONTROL_GIVE_WAY = 3;
export const CONTROL_KIND_MASK = 3;
export const CONTROL_FORWARD = 4;
export const CONTROL_BACKWARD = 8;

/** The passage of a facility is paid where traffic enters this span at its start / at its end. */
export const TOLL_ENTRY_FORWARD = 1;
export const TOLL_ENTRY_BACKWARD = 2;

/** A place where a toll is paid once per passage, however many ways and booths it has. */
export interface TollFacility {
  readonly id: string;
  readonly name: string;
  readonly near: LonLat;
  readonly radiusM: number;
  /** Which of the toll ways within the radius are the charged part: entering one is the passage. */
  readonly charged: "tunnel" | "bridge" | "any";
}

/** Facts about a graph that are not columns. */
export interface GraphMeta {
  readonly name: string;
  readonly bbox: Bbox;
  readonly osmTimestamp: string | null;
  readonly elevation: {
    readonly source: string;
    readonly attribution: string;
    /** Share of the road length, structures aside, whose height is known. */
    readonly coverageRatio: number;
    readonly smoothingStdDevM: number;
    readonly tilesSha256: string;
  };
  readonly limits: readonly RoadLimits[];
  readonly tollFacilities: readonly TollFacility[];
  readonly counts: {
    /** Turn restrictions with via ways that the graph keeps. */
    readonly viaWayRestrictions: number;
    /** Turn restrictions that are left out, and why. */
    readonly ignoredRestrictions: Readonly<Partial<Record<IgnoredRestriction, number>>>;
    readonly conditionalWays: number;
    readonly unreadableLimits: number;
    /** Toll spans that belong to no known facility. */
    readonly unresolvedTollSpans: number;
  };
}

/**
 * The road network as columns over one buffer. Immutable; any number of threads may share it.
 *
 * An *edge* joins two nodes and is a chain of *spans*, each with one OSM way's attributes. Edge e
 * gives two *arcs*: 2e from tail to head and 2e + 1 back. "Forward" is tail to head.
 */
export interface RoutingGraph {
  readonly meta: GraphMeta;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodeLonE7: Int32Array;
  readonly nodeLatE7: Int32Array;
  /** Strong component of each node. */
  readonly nodeComponent: Int32Array;
  /** Number of nodes of each strong component. */
  readonly componentNodes: Int32Array;
  readonly edgeTail: Int32Array;
  readonly edgeHead: Int32Array;
  readonly edgeLengthM: Float64Array;
  /** Access byte (see osm/way-access.ts), forward = along. */
  readonly edgeAccess: Uint8Array;
  /** Row of {@link GraphMeta.limits}. */
  readonly edgeLimits: Uint16Array;
  /** Shape of edge e, ends included: `points[firstPoint[e] .. firstPoint[e + 1]]`. */
  readonly firstPoint: Int32Array;
  readonly pointLonE7: Int32Array;
  readonly pointLatE7: Int32Array;
  /** Smoothed heights at equal distances along edge e, ends included; void = NaN. */
  readonly firstHeight: Int32Array;
  readonly heightM: Float32Array;
  readonly firstSpan: Int32Array;
  /** Distance from the tail at which the span ends. */
  readonly spanEndM: Float64Array;
  readonly spanClass: Uint8Array;
  /** What the law takes the road for (see osm/legal-road.ts). */
  readonly spanLegalRoad: Uint8Array;
  /** Posted speed for every vehicle; 0 = none. */
  readonly spanSpeedForwardKmh: Uint8Array;
  readonly spanSpeedBackwardKmh: Uint8Array;
  /** Posted speed for vehicles above 3.5 t alone; 0 = none. */
  readonly spanTruckSpeedForwardKmh: Uint8Array;
  readonly spanTruckSpeedBackwardKmh: Uint8Array;
  readonly spanFlags: Uint8Array;
  /** 1 + index of the toll facility whose charged part this is; 0 = none. */
  readonly spanFacility: Uint8Array;
  /** Bits TOLL_ENTRY_*: entering the span in that direction is where the facility is paid. */
  readonly spanTollEntry: Uint8Array;
  readonly spanWayId: Float64Array;
  /** Histogram of grades and curves of span s, forward: bins `firstBin[s] .. firstBin[s + 1]`. */
  readonly firstBin: Int32Array;
  /** Grade node (see grade-bins.ts) or VOID_BIN. */
  readonly binGrade: Uint8Array;
  /** Class of the curve (see curve-classes.ts), as wide as what lies around it lets it be driven. */
  readonly binCurve: Uint8Array;
  readonly binLengthM: Float32Array;
  /** Runs of one class of curve along edge e: `firstCurve[e] .. firstCurve[e + 1]`; none: it is straight. */
  readonly firstCurve: Int32Array;
  /** Distance from the tail at which the run ends. */
  readonly curveEndM: Float64Array;
  readonly curveClass: Uint8Array;
  readonly firstControl: Int32Array;
  readonly controlAtM: Float64Array;
  readonly controlKind: Uint8Array;
  /** Turn bans: arc `banTo[i]` may not follow arc `banFrom[i]` for vehicles in `banKinds[i]` (1 hgv, 2 van). */
  readonly banFrom: Int32Array;
  readonly banTo: Int32Array;
  readonly banKinds: Uint8Array;
  /**
   * Forbidden paths: the arcs `banPathArcs[firstBanPathArc[i] .. firstBanPathArc[i + 1])`, three or
   * more, may not be driven one right after the other by vehicles in `banPathKinds[i]`.
   */
  readonly firstBanPathArc: Int32Array;
  readonly banPathArcs: Int32Array;
  readonly banPathKinds: Uint8Array;
  /** Serialized flatbush over the edges' boxes, in units of 1e-7 degrees. */
  readonly edgeIndex: Uint8Array;
}

/** Turn restrictions that a graph leaves out, whatever the reason. */
export function ignoredRestrictionCount({ counts }: GraphMeta): number {
  return Object.values(counts.ignoredRestrictions).reduce((sum, count) => sum + count, 0);
}

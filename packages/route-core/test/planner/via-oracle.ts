import type { Costing } from "../../src/costing/costing.ts";
import { ForbiddenWalks } from "./forbidden-walks.ts";
import { type Costs, oracleCosts, type Place } from "./route-oracle.ts";

/** A label of the oracle: at the end of an arc, with some waypoints passed. */
interface Label {
  /** The last arcs, as many as matter. */
  readonly driven: readonly number[];
  readonly passed: number;
  readonly costs: Costs;
  /** Whether it rests at a place at the end of the arc where it may turn round. */
  readonly mayTurn: boolean;
}

/**
 * The front of a trip that passes places in their order, by label correcting on pairs of the last arcs and
 * the number of places passed. A truck turns round at the end of a road only, and at the places it passes
 * where it may: on a road that is a new beginning, at a junction a turn like others.
 */
export function viaFront(costing: Costing, places: readonly Place[], uTurns = false): Costs[] {
  const { graph } = costing;
  const origin = places[0]!;
  const rest = places.slice(1);
  const lengthOf = (arc: number): number => graph.edgeLengthM[arc >> 1]!;
  const headOf = (arc: number): number =>
    (arc & 1) === 0 ? graph.edgeHead[arc >> 1]! : graph.edgeTail[arc >> 1]!;
  const isBanned = (a: number, b: number): boolean =>
    graph.banFrom.some(
      (from, i) => from === a && graph.banTo[i] === b && (graph.banKinds[i]! & 1) !== 0,
    );
  const arcs = Array.from({ length: 2 * graph.edgeCount }, (_, arc) => arc).filter(
    (arc) => costing.access.arcLevel[arc] !== 0,
  );
  const nodeOf = ({ edge, atM }: Place): number | undefined => {
    if (atM < 1e-3) return graph.edgeTail[edge];
    return atM > graph.edgeLengthM[edge]! - 1e-3 ? graph.edgeHead[edge] : undefined;
  };
  /** Metres along an arc at which a place is passed, or undefined. */
  const alongOf = (arc: number, place: Place): number | undefined => {
    const node = nodeOf(place);
    if (node !== undefined) return headOf(arc) === node ? lengthOf(arc) : undefined;
    if (place.edge !== arc >> 1) return undefined;
    return (arc & 1) === 0 ? place.atM : lengthOf(arc) - place.atM;
  };
  /** From the other end; a place on the very border of two stretches stays there. */
  const counted = (arc: number, metres: number): number => {
    const atM = lengthOf(arc) - metres;
    return places.find((place) => Math.abs(place.atM - atM) < 1e-9)?.atM ?? atM;
  };
  const pieceOf = (arc: number, from: number, to: number, rests: object): Costs =>
    (arc & 1) === 0
      ? oracleCosts(costing, arc, from, to, rests)
      : oracleCosts(costing, arc, counted(arc, to), counted(arc, from), rests);
  /** Whether the leg to a place leads away from where it begins. */
  const moves = (leg: number): boolean => {
    const before = nodeOf(places[leg]!);
    return before === undefined || before !== nodeOf(rest[leg]!);
  };
  const plus = (a: Costs, b: Costs): Costs => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
  const covers = (a: Costs, b: Costs): boolean => a.every((cost, k) => cost <= b[k]!);
  let found: Costs[] = [];
  const finish = (costs: Costs): void => {
    if (found.some((other) => covers(other, costs))) return;
    found = [...found.filter((other) => !covers(costs, other)), costs];
  };
  const known = new Map<string, Costs[]>();
  const queue: Label[] = [];
  const walks = new ForbiddenWalks(graph, 1);
  const drive = (
    arc: number,
    from: number,
    before: number,
    start: Costs,
    earlier: readonly number[],
    begins = false,
  ): void => {
    let at = from;
    let costs = start;
    let passed = before;
    let departs = begins;
    const driven = walks.memoryOf([...earlier, arc]);
    for (; passed < rest.length; passed++) {
      const along = alongOf(arc, rest[passed]!);
      // It may also drive past, and stop when it comes by again.
      const isAtJunction = passed > before && nodeOf(rest[passed - 1]!) !== undefined;
      goOn(driven, at, passed, costs, departs, uTurns && isAtJunction);
      if (along === undefined || along < at) return;
      const isMade = moves(passed) && (!departs || at < along);
      costs = plus(costs, pieceOf(arc, at, along, isMade ? { departs, arrives: true } : {}));
      at = along;
      departs = true;
      const isOnRoad = nodeOf(rest[passed]!) === undefined;
      if (uTurns && isOnRoad && passed < rest.length - 1 && arcs.includes(arc ^ 1)) {
        drive(arc ^ 1, alongOf(arc ^ 1, rest[passed]!)!, passed + 1, costs, [], true);
      }
    }
    finish(costs);
  };
  const goOn = (
    driven: readonly number[],
    at: number,
    passed: number,
    before: Costs,
    departs: boolean,
    mayTurn: boolean,
  ): void => {
    const arc = driven.at(-1)!;
    const rests = departs && moves(passed) ? { departs } : {};
    const costs = plus(before, pieceOf(arc, at, lengthOf(arc), rests));
    const key = `${driven.join()} ${passed} ${mayTurn}`;
    const others = known.get(key) ?? [];
    if (others.some((other) => covers(other, costs))) return;
    known.set(key, [...others.filter((other) => !covers(costs, other)), costs]);
    queue.push({ driven, passed, costs, mayTurn });
  };
  const leaving = (node: number): number[] => arcs.filter((arc) => headOf(arc ^ 1) === node);
  const startNode = nodeOf(origin);
  if (startNode === undefined) {
    for (const arc of arcs.filter((one) => one >> 1 === origin.edge)) {
      drive(arc, (arc & 1) === 0 ? origin.atM : lengthOf(arc) - origin.atM, 0, [0, 0, 0], [], true);
    }
  } else {
    let passed = 0;
    while (passed < rest.length && nodeOf(rest[passed]!) === startNode) passed++;
    if (passed === rest.length) finish([0, 0, 0]);
    else {
      const { edge, atM } = origin;
      const start = oracleCosts(costing, 2 * edge, atM, atM, { departs: true });
      for (const arc of leaving(startNode)) drive(arc, 0, passed, start, []);
    }
  }
  for (let label = queue.shift(); label !== undefined; label = queue.shift()) {
    const { driven, passed, costs, mayTurn } = label;
    const arrival = driven.at(-1)!;
    const allowed = leaving(headOf(arrival)).filter((arc) => !isBanned(arrival, arc));
    const onward = allowed.filter((arc) => arc !== (arrival ^ 1));
    for (const arc of onward.length > 0 && !mayTurn ? onward : allowed) {
      if (!walks.forbid(driven, arc)) drive(arc, 0, passed, costs, driven);
    }
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

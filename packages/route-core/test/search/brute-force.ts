import type { SearchQuery } from "../../src/search/search-query.ts";
import type { Costs, SmallCase, SmallNetwork } from "./small-network.ts";

/** An exit from a node: a whole arc, or (with `end`) the part of one up to the destination. */
interface Exit {
  arcId: number;
  costs: readonly number[];
  head: number;
  end: boolean;
}

/**
 * The rules of movement, written from their definition and from nothing of the search's own.
 *
 * @param driven arcs so far, the one by which the truck came to `node` last
 */
export function legalExits(
  network: SmallNetwork,
  query: SearchQuery,
  node: number,
  driven: readonly number[],
): Exit[] {
  const arrival = driven.at(-1)!;
  const open = new Set(query.openArcs);
  const banned = new Set(network.bans.filter(([a]) => a === arrival).map(([, b]) => b));
  const exits: Exit[] = [];
  for (const [arcId, arc] of network.arcs.entries()) {
    if (arc === undefined || arc.tail !== node) continue;
    if (arc.restricted && !open.has(arcId)) continue;
    exits.push({ arcId, costs: arc.costs, head: arc.head, end: false });
  }
  for (const end of query.ends) {
    if (end.node === node) exits.push({ arcId: end.arcId, costs: end.costs, head: -1, end: true });
  }
  const allowed = exits.filter((exit) => !banned.has(exit.arcId));
  const onward = allowed.filter((exit) => arrival < 0 || exit.arcId !== (arrival ^ 1));
  const legal = onward.length > 0 ? onward : allowed;
  const avoided = new Set(query.avoidedArcs);
  return legal.filter(
    ({ arcId, end }) =>
      (end || !avoided.has(arcId)) && !endsInForbiddenPath(network, [...driven, arcId]),
  );
}

function endsInForbiddenPath({ paths = [] }: SmallNetwork, walk: readonly number[]): boolean {
  return paths.some((path) => path.every((arc, k) => walk[walk.length - path.length + k] === arc));
}

/** As many of the last arcs of a walk as matter for how it may go on. */
function memoryOf({ paths = [] }: SmallNetwork, walk: readonly number[]): readonly number[] {
  const longest = paths.reduce((most, path) => Math.max(most, path.length - 1), 1);
  return walk.slice(-longest);
}

/**
 * Every legal walk that does not come back to where its last arcs were the same (without forbidden
 * paths: takes no arc twice), depth first; the cost vectors that no other dominates,
 * sorted. `undefined` when there are more than `maxSteps` steps to take.
 */
export function bruteForceFront(
  { network, query }: SmallCase,
  maxSteps = 300_000,
): Costs[] | undefined {
  let front: Costs[] = [];
  let steps = 0;
  const add = (costs: Costs): void => {
    if (front.some((other) => dominates(other, costs))) return;
    front = front.filter((other) => !dominates(costs, other));
    front.push(costs);
  };
  const walk = (node: number, driven: readonly number[], costs: Costs, used: Set<string>): void => {
    steps++;
    if (steps > maxSteps) return;
    for (const exit of legalExits(network, query, node, driven)) {
      const sum = plus(costs, exit.costs);
      const onward = [...driven, exit.arcId];
      const memory = memoryOf(network, onward).join();
      if (exit.end) add(sum);
      else if (!used.has(memory)) {
        used.add(memory);
        walk(exit.head, onward, sum, used);
        used.delete(memory);
      }
    }
  };
  for (const { costs } of query.direct) add([...costs]);
  for (const { node, arcId, costs } of query.starts) {
    walk(node, [arcId], [...costs], new Set([`${arcId}`]));
  }
  return steps > maxSteps ? undefined : sorted(front);
}

/**
 * The same front for larger networks: all labels whose last arcs are the same are compared in all costs until
 * nothing changes. No bounds, no order, no merging.
 */
export function labelCorrectingFront({ network, query }: SmallCase): Costs[] {
  let front: Costs[] = [];
  const perState = new Map<string, Costs[]>();
  const queue: { node: number; driven: readonly number[]; costs: Costs }[] = [];
  const reach = (node: number, driven: readonly number[], costs: Costs): void => {
    const state = `${node}/${driven.join()}`;
    const known = perState.get(state) ?? [];
    if (known.some((other) => dominates(other, costs))) return;
    perState.set(state, [...known.filter((other) => !dominates(costs, other)), costs]);
    queue.push({ node, driven, costs });
  };
  const arrive = (costs: Costs): void => {
    if (front.some((other) => dominates(other, costs))) return;
    front = [...front.filter((other) => !dominates(costs, other)), costs];
  };
  for (const { costs } of query.direct) arrive([...costs]);
  for (const { node, arcId, costs } of query.starts) reach(node, [arcId], [...costs]);
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    for (const exit of legalExits(network, query, item.node, item.driven)) {
      const sum = plus(item.costs, exit.costs);
      if (exit.end) arrive(sum);
      else reach(exit.head, memoryOf(network, [...item.driven, exit.arcId]), sum);
    }
  }
  return sorted(front);
}

/** Drives a path by the rules: its costs, or why it is not legal. */
export function drive({ network, query }: SmallCase, path: Int32Array): Costs | string {
  if (path.length === 1) {
    const direct = query.direct.find(({ arcId }) => arcId === path[0]);
    return direct === undefined ? "no such direct route" : [...direct.costs];
  }
  const start = query.starts.find(({ arcId }) => arcId === path[0]);
  if (start === undefined) return "does not begin at a start";
  let costs: Costs = [...start.costs];
  let node = start.node;
  for (let k = 1; k < path.length; k++) {
    const last = k === path.length - 1;
    const exit = legalExits(network, query, node, [...path.subarray(0, k)]).find(
      ({ arcId, end }) => arcId === path[k] && end === last,
    );
    if (exit === undefined) return `arc ${path[k]} may not follow ${path[k - 1]}`;
    costs = plus(costs, exit.costs);
    node = exit.head;
  }
  return costs;
}

/** At most as much in every objective; equal vectors dominate one another. */
export function dominates(x: readonly number[], y: readonly number[]): boolean {
  return x.every((cost, k) => cost <= y[k]!);
}

function plus(x: Costs, y: readonly number[]): Costs {
  return x.map((cost, k) => cost + y[k]!);
}

function sorted(front: Costs[]): Costs[] {
  return front.sort((x, y) => {
    const k = x.findIndex((cost, at) => cost !== y[at]);
    return k < 0 ? 0 : x[k]! - y[k]!;
  });
}

/**
 * What a truck has to remember beside the arc by which it came, where a path of three arcs or more is
 * forbidden: the automaton of Aho and Corasick (CACM 18 (1975)) over the beginnings of those paths.
 *
 * The state of a truck is the longest beginning of a forbidden path that its last arcs make up, two
 * arcs or more and short of the whole; where they make up none, it is the arc it came by. So nearly
 * every state is an arc id, and the further ones are numbered on from there.
 */
export interface TurnStates {
  /** Number of arc ids: the first state that is none. */
  readonly first: number;
  /** Per further state: the arc it came by. */
  readonly arcs: Int32Array;
  /** Per further state: the longest shorter state with the same last arcs. It bans less. */
  readonly weaker: Int32Array;
  /** Moves that lead to further states, ascending by state, then arc: over `stepArcs` to `stepTo`. */
  readonly stepFrom: Int32Array;
  readonly stepArcs: Int32Array;
  readonly stepTo: Int32Array;
}

/** One forbidden turn: `arcOut` may not directly follow `arcIn`. */
export interface BannedTurn {
  readonly arcIn: number;
  readonly arcOut: number;
}

const NOTHING = new Int32Array(0);

/** Without forbidden paths every state is an arc. */
export const NO_STATES: TurnStates = {
  first: Infinity,
  arcs: NOTHING,
  weaker: NOTHING,
  stepFrom: NOTHING,
  stepArcs: NOTHING,
  stepTo: NOTHING,
};

/** The arc by which a truck in a state came. */
export function arcOfState(states: TurnStates, state: number): number {
  return state < states.first ? state : states.arcs[state - states.first]!;
}

/** The state after driving on over an arc. */
export function nextState(states: TurnStates, state: number, arc: number): number {
  const { stepFrom, stepArcs, stepTo } = states;
  let low = 0;
  let high = stepFrom.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = stepFrom[middle]! - state || stepArcs[middle]! - arc;
    if (order === 0) return stepTo[middle]!;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return arc;
}

/** Whether a truck in a state may do all that it may do in another one, which has the same last arc. */
export function isWeaker(states: TurnStates, state: number, other: number): boolean {
  let at = other;
  while (at !== state && at >= states.first) at = states.weaker[at - states.first]!;
  return at === state;
}

/** The further states of trucks that came by an arc. */
export function furtherStates({ first, arcs }: TurnStates, arc: number): readonly number[] {
  const found: number[] = [];
  for (const [k, one] of arcs.entries()) if (one === arc) found.push(first + k);
  return found;
}

/** A state while the automaton is built. */
interface Draft {
  readonly arc: number;
  /** -1 for arcs: nothing is shorter. */
  weaker: number;
  readonly banned: Set<number>;
  /** Further states by the arc that leads there. */
  readonly steps: Map<number, number>;
}

/**
 * @param turns that are banned by themselves
 * @param paths of two arcs or more
 * @returns the automaton, and what is banned after each of its states, `arcIn` being the state
 */
export function buildTurnStates(
  arcIdCount: number,
  turns: readonly BannedTurn[],
  paths: readonly (readonly number[])[],
): { readonly states: TurnStates; readonly turns: BannedTurn[] } {
  const drafts = new Map<number, Draft>();
  const further: Draft[] = [];
  const draftOf = (state: number): Draft => {
    let draft = drafts.get(state);
    if (draft === undefined) {
      draft = { arc: state, weaker: -1, banned: new Set(), steps: new Map() };
      drafts.set(state, draft);
    }
    return draft;
  };
  const begin = (state: number, arc: number): number => {
    const { steps } = draftOf(state);
    const known = steps.get(arc);
    if (known !== undefined) return known;
    const made: Draft = { arc, weaker: arc, banned: new Set(), steps: new Map() };
    const next = arcIdCount + further.push(made) - 1;
    drafts.set(next, made);
    steps.set(arc, next);
    return next;
  };
  for (const { arcIn, arcOut } of turns) draftOf(arcIn).banned.add(arcOut);
  for (const path of paths) {
    const last = path.slice(1, -1).reduce(begin, path[0]!);
    draftOf(last).banned.add(path.at(-1)!);
  }
  // Shorter states first: what a state takes over from a weaker one must be there before.
  const queue = [...drafts.keys()].filter((state) => state < arcIdCount);
  for (const state of queue) {
    const { weaker, banned, steps } = draftOf(state);
    const less = weaker < 0 ? undefined : draftOf(weaker);
    for (const [arc, next] of steps) {
      draftOf(next).weaker = less?.steps.get(arc) ?? arc;
      queue.push(next);
    }
    for (const arc of less?.banned ?? []) banned.add(arc);
    for (const [arc, next] of less?.steps ?? []) if (!steps.has(arc)) steps.set(arc, next);
  }
  const rows = [...drafts]
    .flatMap(([state, { steps }]) => [...steps].map(([arc, to]) => [state, arc, to] as const))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    states: {
      first: arcIdCount,
      arcs: Int32Array.from(further, ({ arc }) => arc),
      weaker: Int32Array.from(further, ({ weaker }) => weaker),
      stepFrom: Int32Array.from(rows, ([state]) => state),
      stepArcs: Int32Array.from(rows, ([, arc]) => arc),
      stepTo: Int32Array.from(rows, ([, , to]) => to),
    },
    turns: [...drafts].flatMap(([arcIn, { banned }]) =>
      [...banned].map((arcOut) => ({ arcIn, arcOut })),
    ),
  };
}

import { type BannedTurn, buildTurnStates, NO_STATES, type TurnStates } from "./turn-states.ts";

/**
 * What may not follow an arc, or a state (see turn-states.ts), in compressed rows.
 *
 * `banned[first[s] .. first[s + 1])` are the arc ids that may not follow state `s`, ascending; the
 * states below the number of arc ids are the arcs themselves.
 */
export interface TurnBans {
  /** Int32Array(arcIdCount + states.arcs.length + 1). */
  readonly first: Int32Array;
  readonly banned: Int32Array;
  readonly states: TurnStates;
}

/**
 * Sorts the pairs into rows and drops repeats.
 *
 * @param paths arcs that may not be driven one right after the other, at least two each; every shorter
 *   part of them may
 * @throws RangeError when an arc id lies outside `0 .. arcIdCount - 1`, or a path has less than two arcs.
 */
export function buildTurnBans(
  arcIdCount: number,
  turns: Iterable<BannedTurn>,
  paths: readonly (readonly number[])[] = [],
): TurnBans {
  const given = [...turns];
  for (const path of [...given.map(({ arcIn, arcOut }) => [arcIn, arcOut]), ...paths]) {
    if (path.length < 2) throw new RangeError(`a forbidden path of ${path.length} arcs`);
    for (const arc of path) requireArcId(arc, arcIdCount);
  }
  const { states, turns: all } =
    paths.length === 0
      ? { states: NO_STATES, turns: given }
      : buildTurnStates(arcIdCount, given, paths);
  const stateCount = arcIdCount + states.arcs.length;
  const sorted = all.sort((x, y) => x.arcIn - y.arcIn || x.arcOut - y.arcOut);
  const first = new Int32Array(stateCount + 1);
  const banned: number[] = [];
  let previous: BannedTurn | undefined;
  for (const turn of sorted) {
    if (previous?.arcIn === turn.arcIn && previous.arcOut === turn.arcOut) continue;
    banned.push(turn.arcOut);
    first[turn.arcIn + 1]! += 1;
    previous = turn;
  }
  for (let state = 0; state < stateCount; state++) first[state + 1]! += first[state]!;
  return { first, banned: Int32Array.from(banned), states };
}

/** True when `arcOut` may not follow a state. Rows are short (a handful of exits), so a scan. */
export function isBanned(bans: TurnBans, state: number, arcOut: number): boolean {
  if (state < 0) return false;
  const { first, banned } = bans;
  for (let k = first[state]!, end = first[state + 1]!; k < end; k++) {
    if (banned[k] === arcOut) return true;
  }
  return false;
}

function requireArcId(arcId: number, arcIdCount: number): void {
  if (!Number.isInteger(arcId) || arcId < 0 || arcId >= arcIdCount) {
    throw new RangeError(`arc id ${arcId} is not in 0..${arcIdCount - 1}`);
  }
}

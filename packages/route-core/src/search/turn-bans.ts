/**
 * Pairs of arcs that may not follow one another, in compressed rows by arriving arc.
 *
 * `banned[first[a] .. first[a + 1])` are the arc ids that may not follow arc `a`, ascending.
 */
export interface TurnBans {
  /** Int32Array(arcIdCount + 1). */
  readonly first: Int32Array;
  readonly banned: Int32Array;
}

/** One forbidden turn: `arcOut` may not directly follow `arcIn`. */
export interface BannedTurn {
  readonly arcIn: number;
  readonly arcOut: number;
}

/**
 * Sorts the pairs into rows and drops repeats.
 * @throws RangeError when an arc id lies outside `0 .. arcIdCount - 1`.
 */
export function buildTurnBans(arcIdCount: number, turns: Iterable<BannedTurn>): TurnBans {
  const sorted = [...turns].sort((x, y) => x.arcIn - y.arcIn || x.arcOut - y.arcOut);
  const first = new Int32Array(arcIdCount + 1);
  const banned: number[] = [];
  let previous: BannedTurn | undefined;
  for (const turn of sorted) {
    requireArcId(turn.arcIn, arcIdCount);
    requireArcId(turn.arcOut, arcIdCount);
    if (previous?.arcIn === turn.arcIn && previous.arcOut === turn.arcOut) continue;
    banned.push(turn.arcOut);
    first[turn.arcIn + 1]! += 1;
    previous = turn;
  }
  for (let arc = 0; arc < arcIdCount; arc++) first[arc + 1]! += first[arc]!;
  return { first, banned: Int32Array.from(banned) };
}

/** True when `arcOut` may not follow `arcIn`. Rows are short (a handful of exits), so a scan. */
export function isBanned(bans: TurnBans, arcIn: number, arcOut: number): boolean {
  if (arcIn < 0) return false;
  const { first, banned } = bans;
  for (let k = first[arcIn]!, end = first[arcIn + 1]!; k < end; k++) {
    if (banned[k] === arcOut) return true;
  }
  return false;
}

function requireArcId(arcId: number, arcIdCount: number): void {
  if (!Number.isInteger(arcId) || arcId < 0 || arcId >= arcIdCount) {
    throw new RangeError(`arc id ${arcId} is not in 0..${arcIdCount - 1}`);
  }
}

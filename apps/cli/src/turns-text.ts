import type { GraphSummary } from "@gradeway/route-core";

/** What a graph makes of the turn restrictions of its extract, and what it leaves out. */
export function turnsText({
  turnBans,
  forbiddenPaths,
  viaWayRestrictions,
  ignoredRestrictions,
}: GraphSummary): string {
  const left = Object.entries(ignoredRestrictions).map(([reason, count]) => `${count} ${reason}`);
  return (
    `${turnBans} banned, ${forbiddenPaths} forbidden paths of ${viaWayRestrictions} restrictions ` +
    `with via ways; left out: ${left.length > 0 ? left.join(", ") : "none"}`
  );
}

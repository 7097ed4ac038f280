import type { OsmTags } from "./osm-elements.ts";
import {
  accessLevel,
  accessValue,
  ACCESS_NONE,
  ACCESS_OPEN,
  ACCESS_RESTRICTED,
} from "./way-access.ts";

/** What stands at a road node, as bits. */
export const NODE_BLOCKED = 1;
export const NODE_SIGNALS = 2;
export const NODE_STOP = 4;
export const NODE_GIVE_WAY = 8;
/** The control applies to traffic along / against the way; neither bit: the tags do not say. */
export const NODE_CONTROL_ALONG = 16;
export const NODE_CONTROL_AGAINST = 32;

const CONTROL_BITS = NODE_SIGNALS | NODE_STOP | NODE_GIVE_WAY;

/** Barriers that stop a truck unless their access tags say otherwise. */
const CLOSED_BARRIERS: ReadonlySet<string> = new Set([
  "bollard",
  "block",
  "chain",
  "jersey_barrier",
  "debris",
  "log",
  "cycle_barrier",
  "planter",
  "barrier_board",
  "motorcycle_barrier",
  "turnstile",
  "stile",
  "kissing_gate",
  "fence",
  "wall",
  "rope",
]);

/** Rule bits of a node's tags; 0 for a plain node. */
export function nodeRules(tags: OsmTags): number {
  if (tags.size === 0) return 0;
  let rules = isBlocked(tags) ? NODE_BLOCKED : 0;
  const highway = tags.get("highway");
  // Signals of a pedestrian crossing (crossing=traffic_signals) are left out: at a junction they
  // repeat the junction's own signals, elsewhere they rarely stop the road.
  if (highway === "traffic_signals") rules |= NODE_SIGNALS;
  else if (highway === "stop") rules |= NODE_STOP;
  else if (highway === "give_way") rules |= NODE_GIVE_WAY;
  if ((rules & CONTROL_BITS) !== 0) {
    const direction = tags.get("traffic_signals:direction") ?? tags.get("direction");
    if (direction === "forward") rules |= NODE_CONTROL_ALONG;
    else if (direction === "backward") rules |= NODE_CONTROL_AGAINST;
    else if (direction === "both") rules |= NODE_CONTROL_ALONG | NODE_CONTROL_AGAINST;
  }
  return rules;
}

/**
 * A barrier with private access is closed too: nobody drives through somebody's yard. One for
 * customers or deliveries is passable.
 */
function isBlocked(tags: OsmTags): boolean {
  const barrier = tags.get("barrier");
  if (barrier === undefined) return false;
  const value = accessValue(tags, "hgv");
  const level = accessLevel(value, CLOSED_BARRIERS.has(barrier) ? ACCESS_NONE : ACCESS_OPEN);
  return level === ACCESS_NONE || (level === ACCESS_RESTRICTED && value === "private");
}

/** Whether a node's rules hold a junction control. */
export function hasControl(rules: number): boolean {
  return (rules & CONTROL_BITS) !== 0;
}

/** The rules of a node seen by traffic along a way that is walked backwards. */
export function reverseNodeRules(rules: number): number {
  const along = rules & NODE_CONTROL_ALONG;
  const against = rules & NODE_CONTROL_AGAINST;
  const rest = rules & ~(NODE_CONTROL_ALONG | NODE_CONTROL_AGAINST);
  return rest | (along ? NODE_CONTROL_AGAINST : 0) | (against ? NODE_CONTROL_ALONG : 0);
}

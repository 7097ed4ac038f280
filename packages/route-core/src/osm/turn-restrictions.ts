import type { OsmMember, OsmTags } from "./osm-elements.ts";

/** What every turn restriction states. */
interface RestrictionTerms {
  /** `only`: no other way may follow; `no`: this way may not follow. */
  readonly mode: "only" | "no";
  readonly fromWays: readonly number[];
  readonly toWays: readonly number[];
  readonly appliesToHgv: boolean;
  readonly appliesToVan: boolean;
}

/** A turn restriction with a via node, as the relation states it. */
export interface TurnRestriction extends RestrictionTerms {
  readonly viaNode: number;
  readonly isUTurn: boolean;
}

/** A turn restriction with via ways, in any order. */
export interface PathRestriction extends RestrictionTerms {
  readonly viaWays: readonly number[];
}

/** Why a restriction is left out. */
export type IgnoredRestriction =
  /** It holds at certain times. */
  | "conditional"
  /** Its value is none that is known. */
  | "unknown"
  /** It lacks a from, via or to member, or mixes via nodes and ways. */
  | "members"
  /** The extract lacks a way that it goes by. */
  | "missing"
  /** Its ways do not lead from one to the next. */
  | "apart";

/** What a relation is for the import. */
export type RestrictionReading =
  | { readonly kind: "restriction"; readonly restriction: TurnRestriction }
  | { readonly kind: "path"; readonly restriction: PathRestriction }
  | { readonly kind: "ignored"; readonly reason: IgnoredRestriction }
  | { readonly kind: "other" };

/** Conditional restrictions that may concern a truck or a van. */
const CONDITIONAL_KEYS = [
  "restriction:conditional",
  "restriction:hgv:conditional",
  "restriction:goods:conditional",
];

const OTHER: RestrictionReading = { kind: "other" };
const ignored = (reason: IgnoredRestriction): RestrictionReading => ({ kind: "ignored", reason });

/** Reads a relation; `other` when it is no restriction or does not concern trucks. */
export function readRestriction(tags: OsmTags, members: readonly OsmMember[]): RestrictionReading {
  if (tags.get("type") !== "restriction") return OTHER;
  const general = tags.get("restriction");
  const forHgv = tags.get("restriction:hgv");
  const value = forHgv ?? general;
  if (value === undefined) {
    return CONDITIONAL_KEYS.some((key) => tags.has(key)) ? ignored("conditional") : OTHER;
  }
  const match = /^(only|no)_(\w+)$/.exec(value);
  if (match === null) return ignored("unknown");
  const except = new Set((tags.get("except") ?? "").split(";").map((part) => part.trim()));
  const appliesToHgv = !except.has("hgv") && !except.has("motor_vehicle");
  const isForVan = general?.startsWith(`${match[1]}_`) === true;
  const appliesToVan = isForVan && !except.has("goods") && !except.has("motor_vehicle");
  if (!appliesToHgv && !appliesToVan) return OTHER;
  const fromWays = refsOf(members, "from");
  const toWays = refsOf(members, "to");
  const vias = members.filter((member) => member.role === "via");
  const [via] = vias;
  if (via === undefined || fromWays.length === 0 || toWays.length === 0) return ignored("members");
  const terms: RestrictionTerms = {
    mode: match[1] === "only" ? "only" : "no",
    fromWays,
    toWays,
    appliesToHgv,
    appliesToVan,
  };
  if (vias.every(({ type }) => type === "way")) {
    return { kind: "path", restriction: { ...terms, viaWays: vias.map(({ ref }) => ref) } };
  }
  if (via.type !== "node" || vias.length !== 1) return ignored("members");
  return {
    kind: "restriction",
    restriction: { ...terms, viaNode: via.ref, isUTurn: match[2] === "u_turn" },
  };
}

function refsOf(members: readonly OsmMember[], role: string): number[] {
  return members
    .filter((member) => member.type === "way" && member.role === role)
    .map((member) => member.ref);
}

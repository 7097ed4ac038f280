import type { OsmMember, OsmTags } from "./osm-elements.ts";

/** A turn restriction with a via node, as the relation states it. */
export interface TurnRestriction {
  /** `only`: no other way may follow; `no`: this way may not follow. */
  readonly mode: "only" | "no";
  readonly fromWays: readonly number[];
  readonly viaNode: number;
  readonly toWays: readonly number[];
  readonly isUTurn: boolean;
  readonly appliesToHgv: boolean;
  readonly appliesToVan: boolean;
}

/** What a relation is for the import. */
export type RestrictionReading =
  | { readonly kind: "restriction"; readonly restriction: TurnRestriction }
  /** A restriction of a sort that is not modelled yet: via ways, or conditional. */
  | { readonly kind: "unsupported" }
  | { readonly kind: "other" };

/** Conditional restrictions that may concern a truck or a van. */
const CONDITIONAL_KEYS = [
  "restriction:conditional",
  "restriction:hgv:conditional",
  "restriction:goods:conditional",
];

const OTHER: RestrictionReading = { kind: "other" };
const UNSUPPORTED: RestrictionReading = { kind: "unsupported" };

/** Reads a relation; `other` when it is no restriction or does not concern trucks. */
export function readRestriction(tags: OsmTags, members: readonly OsmMember[]): RestrictionReading {
  if (tags.get("type") !== "restriction") return OTHER;
  const general = tags.get("restriction");
  const forHgv = tags.get("restriction:hgv");
  const value = forHgv ?? general;
  if (value === undefined) {
    return CONDITIONAL_KEYS.some((key) => tags.has(key)) ? UNSUPPORTED : OTHER;
  }
  const match = /^(only|no)_(\w+)$/.exec(value);
  if (match === null) return UNSUPPORTED;
  const except = new Set((tags.get("except") ?? "").split(";").map((part) => part.trim()));
  const appliesToHgv = !except.has("hgv") && !except.has("motor_vehicle");
  const isForVan = general?.startsWith(`${match[1]}_`) === true;
  const appliesToVan = isForVan && !except.has("goods") && !except.has("motor_vehicle");
  if (!appliesToHgv && !appliesToVan) return OTHER;
  const fromWays = refsOf(members, "from");
  const toWays = refsOf(members, "to");
  const vias = members.filter((member) => member.role === "via");
  if (vias.some((via) => via.type !== "node")) return UNSUPPORTED;
  const via = vias[0];
  if (vias.length !== 1 || via === undefined || fromWays.length === 0 || toWays.length === 0) {
    return UNSUPPORTED;
  }
  const restriction: TurnRestriction = {
    mode: match[1] === "only" ? "only" : "no",
    fromWays,
    viaNode: via.ref,
    toWays,
    isUTurn: match[2] === "u_turn",
    appliesToHgv,
    appliesToVan,
  };
  return { kind: "restriction", restriction };
}

function refsOf(members: readonly OsmMember[], role: string): number[] {
  return members
    .filter((member) => member.type === "way" && member.role === role)
    .map((member) => member.ref);
}

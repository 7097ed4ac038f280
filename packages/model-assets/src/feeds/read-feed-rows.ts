import { ReasonError } from "@gradeway/reason-codes";
import type { z } from "zod";

import type { RateRow } from "../change-figure.ts";
import { ASSET_SCHEMAS } from "../schemas/asset-kinds.ts";
import { invalidAsset, issuesOf, parseJson, parseSchema } from "../schemas/parse-json.ts";
import { readRoadFuelCsv } from "./desnz-road-fuel.ts";
import { assetNameOf, type FeedDefinition } from "./feed-definition.ts";
import type { FeedFigure } from "./feed-figure.ts";
import { readCarbonIntensity } from "./neso-carbon-intensity.ts";

/**
 * Reads what a feed sent as rows of the region: those that are targets, with the origin that the
 * operator vouches for.
 *
 * @throws {ReasonError} asset_invalid, asset_field_unknown, feed_figure_implausible for a value that
 *   no row of the unit can have
 */
export function readFeedRows(feed: FeedDefinition, bytes: Uint8Array): readonly RateRow[] {
  const asset = assetNameOf(feed);
  const sent = feed.format === "gradeway-rows" ? parseJson(asset, bytes) : rowsOf(feed, bytes);
  const rows = parseRows(feed, sent);
  const wanted = rows.filter((row) => feed.targets.some((target) => isRowOf(target, row)));
  for (const target of feed.targets) {
    if (wanted.some((row) => isRowOf(target, row))) continue;
    const message = `there is no row ${target.id}${target.area === undefined ? "" : ` of ${target.area}`}`;
    throw invalidAsset(asset, [{ pointer: "", message }]);
  }
  // Once more, because the operator's words on the origin have rules, too.
  return parseRows(
    feed,
    wanted.map((row) => withOrigin(feed, row)),
  );
}

/** Whether a row is the one that a target names. */
export function isRowOf(
  named: { readonly id: string; readonly area?: string | undefined },
  row: { readonly id: string; readonly area?: string | undefined },
): boolean {
  return named.id === row.id && named.area === row.area;
}

function rowsOf(feed: FeedDefinition, bytes: Uint8Array): unknown[] {
  const figures = figuresOf(feed, bytes);
  return feed.targets.flatMap(({ id, area, figure }) =>
    figures
      .filter((each) => each.figure === figure)
      .map(({ date, value, unit, note }) => ({
        ...feed.origin,
        id,
        ...(area === undefined ? {} : { area }),
        value,
        unit,
        validFrom: date,
        note,
      })),
  );
}

/** A row with the origin that the operator vouches for; a note of the feed's own stays. */
function withOrigin({ origin }: FeedDefinition, row: RateRow): object {
  const { publisher: _, reference: _r, note: said, ...rest } = row;
  const note = [origin.note, said].filter((part) => part !== undefined).join(" ");
  return { ...rest, ...origin, ...(note === "" ? {} : { note }) };
}

function figuresOf(feed: FeedDefinition, bytes: Uint8Array): readonly FeedFigure[] {
  const asset = assetNameOf(feed);
  return feed.format === "desnz-road-fuel-csv"
    ? readRoadFuelCsv(asset, textOf(asset, bytes))
    : readCarbonIntensity(asset, parseJson(asset, bytes));
}

function textOf(asset: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw invalidAsset(asset, [{ pointer: "", message: "not text in UTF-8" }], error);
  }
}

/** Tells values that cannot be from rows that are malformed. */
function parseRows(feed: FeedDefinition, sent: unknown): readonly RateRow[] {
  const schema = ASSET_SCHEMAS[feed.kind] as z.ZodType<readonly RateRow[]>;
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  const isImplausible = result.error.issues.every(
    ({ path, code }) => path.at(-1) === "value" && (code === "custom" || code === "too_small"),
  );
  if (!isImplausible) return parseSchema(assetNameOf(feed), schema, sent);
  throw implausible(feed, issuesOf(result.error));
}

/** The error of figures that cannot be right. */
export function implausible(
  { id }: Pick<FeedDefinition, "id">,
  issues: readonly { readonly pointer: string; readonly message: string }[],
): ReasonError<"feed_figure_implausible"> {
  const told = issues.map(({ message }) => message).join("; ");
  const message = `The feed ${id} brought a figure that cannot be right: ${told}.`;
  return new ReasonError("feed_figure_implausible", message, { feed: id, issues });
}

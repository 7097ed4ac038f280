import { z } from "zod";

import type { DeepReadonly } from "../schemas/deep-readonly.ts";
import { areaCode, provenanceClass } from "../schemas/dated-row.ts";
import { parseJson, parseSchema } from "../schemas/parse-json.ts";
import { plainText } from "../schemas/plain-text.ts";

/** Kinds of table whose rows a feed may bring. */
export const FEED_KINDS = [
  "fuel-prices",
  "grid-intensity",
  "carbon-values",
  "operating-costs",
  "toll-tariffs",
] as const;

const text = plainText.max(500);
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/;

/** No message about an address repeats it: its query may hold a key. */
const address = z.string().refine((value) => {
  const url = URL.parse(value);
  if (url === null || url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
}, "expected an address with https: (http: on this machine only) and without credentials");

/** One row of the region that a feed keeps up to date. */
const feedTarget = z.strictObject({
  /** Id and area of a row that the region has. */
  id: text,
  area: areaCode.optional(),
  /** What the row is called in a format that has no ids of rows, for example `diesel`. */
  figure: text.optional(),
  /** What a figure may be, in the unit of the row, both ends included. */
  min: z.number().nonnegative(),
  max: z.number().positive(),
  /** How far a figure may lie from the one in force: 0.25 allows a quarter more or less. */
  maxChangeRatio: z.number().positive().max(10),
});

/** A source of live figures, as its operator describes it. */
const feedDefinition = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    url: address,
    /** Hosts that requests and redirects may reach, with the port where it is not the usual one. */
    allowedHosts: z.array(z.string().min(1).max(255)).min(1).max(16),
    format: z.enum(["gradeway-rows", "desnz-road-fuel-csv", "neso-carbon-intensity"]),
    kind: z.enum(FEED_KINDS),
    targets: z.array(feedTarget).min(1).max(500),
    refreshEveryS: z.int().min(10).max(2_592_000),
    /** Days after their date through which figures may be used. */
    maxAgeDays: z.int().min(0).max(3650),
    /** What the rows say of their origin, whatever the feed says. */
    origin: z.strictObject({
      source: text,
      publisher: text.optional(),
      reference: text.optional(),
      licence: text,
      provenance: provenanceClass,
      /** How the figures were made; goes before what the format itself has to say. */
      note: text.optional(),
    }),
  })
  .check(({ value: feed, issues }) => {
    const report = (path: PropertyKey[], message: string): void => {
      issues.push({ code: "custom", input: feed, path, message });
    };
    for (const [index, target] of feed.targets.entries()) {
      if (target.min > target.max) report(["targets", index, "min"], "larger than max");
      if ((feed.format === "gradeway-rows") !== (target.figure === undefined)) {
        const message = `${target.figure === undefined ? "needed" : "unused"} in ${feed.format}`;
        report(["targets", index, "figure"], message);
      }
    }
    const url = URL.parse(feed.url);
    if (url !== null && !feed.allowedHosts.includes(url.host)) {
      report(["allowedHosts"], "the host of the address is not among them");
    }
  });

/** A file of feeds. */
const feedFile = z.strictObject({
  format: z.literal(1),
  feeds: z
    .array(feedDefinition)
    .max(64)
    .refine((feeds) => new Set(feeds.map(({ id }) => id)).size === feeds.length, {
      message: "two feeds have the same id",
    })
    .refine(
      (feeds) => {
        const keys = feeds.flatMap(({ kind, targets }) =>
          targets.map(({ id, area }) => `${kind} ${id} ${area ?? ""}`),
        );
        return new Set(keys).size === keys.length;
      },
      { message: "two feeds have the same target" },
    ),
});

/** A source of live figures, as its operator describes it. */
export type FeedDefinition = DeepReadonly<z.infer<typeof feedDefinition>>;

/** One row of the region that a feed keeps up to date. */
export type FeedTarget = FeedDefinition["targets"][number];

/**
 * Reads a file of feeds.
 *
 * @throws {ReasonError} asset_invalid, asset_field_unknown; they quote no address
 */
export function parseFeeds(bytes: Uint8Array): readonly FeedDefinition[] {
  return parseSchema("feeds", feedFile, parseJson("feeds", bytes)).feeds;
}

/** What messages and reports call the rows of a feed. */
export function assetNameOf({ id }: Pick<FeedDefinition, "id">): string {
  return `feed-${id}`;
}

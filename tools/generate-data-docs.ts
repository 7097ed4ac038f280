/*
 * Writes docs/data.md from the rows that come with the program; `--check` fails when the page is not
 * what the rows say.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import {
  ALL_TABLES,
  type AssetTables,
  MAX_AGE_DAYS,
  PROVENANCE_CLASSES,
  type TableKind,
} from "@gradeway/model-assets";
import { LEGAL_ROADS } from "@gradeway/route-core";

type VehicleRow = AssetTables["vehicle-profiles"][number];
type Vehicles = AssetTables["toll-tariffs"][number]["vehicles"];
type Bands = NonNullable<AssetTables["toll-tariffs"][number]["bands"]>;

/** What rows of every kind have. */
interface Row {
  readonly id: string;
  readonly area?: string | undefined;
  readonly value?: number;
  readonly unit?: string;
  readonly validFrom: string;
  readonly validTo?: string | undefined;
  readonly source: string;
  readonly publisher?: string | undefined;
  readonly reference?: string | undefined;
  readonly section?: string | undefined;
  readonly note?: string | undefined;
  readonly licence: string;
  readonly provenance: string;
}

const page = fileURLToPath(new URL("../docs/data.md", import.meta.url));

const rowsIn = (value: unknown): Row[] => {
  if (typeof value !== "object" || value === null) return [];
  return "validFrom" in value ? [value as Row] : Object.values(value).flatMap(rowsIn);
};

const kinds = Object.keys(ALL_TABLES) as TableKind[];
const everyRow = kinds.flatMap((kind) => rowsIn(ALL_TABLES[kind]));

/** Publications in the order in which rows first name them. */
const sources: string[] = [];
const sourceKey = ({ source, publisher, reference, licence }: Row): string =>
  JSON.stringify([source, publisher ?? "", reference ?? "", licence]);
for (const row of everyRow) if (!sources.includes(sourceKey(row))) sources.push(sourceKey(row));

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");

const period = ({ validFrom, validTo }: Row): string => `${validFrom} – ${validTo ?? ""}`.trim();

const origin = (row: Row): string => {
  const section = row.section === undefined ? "" : `, ${row.section}`;
  const note = row.note === undefined ? "" : `. ${row.note.replace(/\.$/, "")}`;
  return `[${sources.indexOf(sourceKey(row)) + 1}]${section}${note}`;
};

const figureTable = (rows: readonly Row[], describe?: (row: Row) => string): string =>
  table(
    [
      "row",
      "place",
      ...(describe === undefined ? [] : ["for"]),
      "value",
      "valid",
      "class",
      "source",
    ],
    rows.map((row) => [
      `\`${row.id}\``,
      row.area ?? "",
      ...(describe === undefined ? [] : [describe(row)]),
      `${row.value} ${row.unit}`,
      period(row),
      row.provenance,
      origin(row),
    ]),
  );

type Range = { readonly [End in "from" | "above" | "to" | "below"]?: number | undefined };

const rangeText = (name: string, range: Range | undefined, unit: string): string[] => {
  if (range === undefined) return [];
  const lower = range.from === undefined ? range.above : range.from;
  const upper = range.to === undefined ? range.below : range.to;
  const low =
    lower === undefined ? [] : [`${range.from === undefined ? ">" : "≥"} ${lower}${unit}`];
  const high = upper === undefined ? [] : [`${range.to === undefined ? "<" : "≤"} ${upper}${unit}`];
  return [`${name} ${[...low, ...high].join(", ")}`.trim()];
};

const vehiclesText = (vehicles: Vehicles): string => {
  const parts = [
    ...rangeText("", vehicles.grossT, " t"),
    ...rangeText("axles", vehicles.axles, ""),
    ...rangeText("height", vehicles.heightM, " m"),
    ...rangeText("Euro", vehicles.euroClass, ""),
    ...(vehicles.articulated === undefined
      ? []
      : [vehicles.articulated ? "articulated" : "not articulated"]),
    ...(vehicles.energy === undefined ? [] : [vehicles.energy]),
  ];
  return parts.length === 0 ? "all" : parts.join("; ");
};

const bandsText = (bands: Bands | undefined): string[] =>
  bands === undefined
    ? []
    : [bands.map(({ days, from, to }) => `${daysText(days)} ${from}–${to}`).join(", ")];

const daysText = (days: readonly string[]): string =>
  days.length === 7 ? "daily" : days.length === 1 ? days[0]! : `${days[0]}–${days.at(-1)}`;

const tollText = (row: AssetTables["toll-tariffs"][number]): string =>
  [
    vehiclesText(row.vehicles),
    ...(row.charge.by === "gate" ? [`at ${row.charge.gate}`] : []),
    ...(row.charge.by === "gates" ? [`${row.charge.entry} to ${row.charge.exit}`] : []),
    ...(row.direction === undefined ? [] : [`going ${row.direction}`]),
    ...bandsText(row.bands),
    ...(row.account === undefined ? [] : [`account ${row.account}`]),
  ].join("; ");

const speedRows = (): string => {
  const groups = Map.groupBy(ALL_TABLES["speed-rules"].limits, (row) =>
    JSON.stringify([
      row.area,
      vehiclesText(row.vehicles),
      row.unit,
      period(row),
      row.provenance,
      origin(row),
    ]),
  );
  return table(
    ["place", "vehicles", "unit", ...LEGAL_ROADS, "valid", "class", "source"],
    [...groups].map(([key, rows]) => {
      const [area, vehicles, unit, valid, provenance, from] = JSON.parse(key) as string[];
      const speeds = LEGAL_ROADS.map((road) =>
        String(rows.find((row) => row.road === road)?.value ?? ""),
      );
      return [area!, vehicles!, unit!, ...speeds, valid!, provenance!, from!];
    }),
  );
};

/** Fields that say where a row comes from and not what it says. */
const ORIGIN_FIELDS = new Set(
  "id area validFrom validTo source publisher reference section note licence provenance".split(" "),
);

const fieldsOf = (rows: readonly Row[]): string[] =>
  [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((each) => !ORIGIN_FIELDS.has(each));

const vehicleTable = (): string => {
  const rows = ALL_TABLES["vehicle-profiles"];
  const fields = fieldsOf(rows);
  return table(
    ["field", ...rows.map(({ id }) => `\`${id}\``)],
    ["provenance", ...fields].map((field) => [
      field,
      ...rows.map((row) => String(row[field as keyof VehicleRow] ?? "")),
    ]),
  );
};

/** Rows whose figures are fields: every field but the origin. */
const fieldTable = (rows: readonly Row[]): string => {
  const fields = fieldsOf(rows);
  return table(
    ["row", ...fields, "class", "source"],
    rows.map((row) => [
      `\`${row.id}\``,
      ...fields.map((field) => cellText(row[field as keyof Row])),
      row.provenance,
      origin(row),
    ]),
  );
};

const cellText = (value: unknown): string => {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.map((one) => Number(one) * 1000).join(" ");
  return typeof value === "string" ? value : JSON.stringify(value);
};

const countTable = (): string => {
  const count = (rows: readonly Row[], provenance: string): number =>
    rows.filter((row) => row.provenance === provenance).length;
  const lineOf = (name: string, rows: readonly Row[]): string[] => [
    name,
    String(rows.length),
    ...PROVENANCE_CLASSES.map((provenance) => String(count(rows, provenance))),
  ];
  return table(
    ["kind", "rows", ...PROVENANCE_CLASSES],
    [
      ...kinds.map((kind) => lineOf(`\`${kind}\``, rowsIn(ALL_TABLES[kind]))),
      lineOf("all", everyRow),
    ],
  );
};

const sourceList = sources.map((key, index) => {
  const [source, publisher, reference, licence] = JSON.parse(key) as string[];
  const where = [publisher, reference, `licence: ${licence}`].filter((part) => part !== "");
  return `${index + 1}. ${source}. ${where.join("; ")}`;
});

const ages = Object.entries(MAX_AGE_DAYS).map(([kind, days]) => `\`${kind}\` ${days}`);
const { volumes, delays } = ALL_TABLES["departure-profiles"];
const { spreads, correlations } = ALL_TABLES["stochastic-calibration"];
const template = await readFile(
  fileURLToPath(new URL("generate-data-docs.md", import.meta.url)),
  "utf8",
);
const parts: Readonly<Record<string, string>> = {
  counts: countTable(),
  ages: ages.join(", "),
  vehicles: vehicleTable(),
  emissions: figureTable(ALL_TABLES["emission-factors"]),
  grid: figureTable(ALL_TABLES["grid-intensity"]),
  fuel: figureTable(ALL_TABLES["fuel-prices"]),
  operating: figureTable(ALL_TABLES["operating-costs"]),
  carbon: figureTable(ALL_TABLES["carbon-values"]),
  facilities: table(
    ["facility", "name", "place", "near", "radius", "charged"],
    ALL_TABLES["toll-topology"].map((row) => [
      `\`${row.id}\``,
      row.name,
      row.area,
      row.near.join(", "),
      `${row.radiusM} m`,
      row.charged,
    ]),
  ),
  tolls: figureTable(ALL_TABLES["toll-tariffs"], (row) =>
    tollText(row as AssetTables["toll-tariffs"][number]),
  ),
  zones: figureTable(ALL_TABLES["zone-charges"], (row) => {
    const zone = row as AssetTables["zone-charges"][number];
    return [zone.effect, vehiclesText(zone.vehicles), ...bandsText(zone.bands)].join("; ");
  }),
  speeds: speedRows(),
  ferries: figureTable(ALL_TABLES["ferry-tariffs"], (row) =>
    vehiclesText((row as AssetTables["ferry-tariffs"][number]).vehicles),
  ),
  volumes: fieldTable(volumes.filter(({ road, day }) => road === "motorway" && day !== "holiday")),
  delays: fieldTable(delays),
  spreads: fieldTable(spreads),
  correlations: fieldTable(correlations),
  scenarios: fieldTable(ALL_TABLES["scenario-profiles"]),
  sources: sourceList.join("\n"),
};
const text = template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name]!);

if (process.argv.includes("--check")) {
  if ((await readFile(page, "utf8").catch(() => "")) !== text) {
    console.error("docs/data.md is out of date; run tools/generate-data-docs.ts");
    process.exitCode = 1;
  }
} else await writeFile(page, text);

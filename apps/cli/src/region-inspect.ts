import {
  ageDaysOf,
  readinessAt,
  type RegionVerdict,
  sourcesOf,
  verifyRegion,
} from "@gradeway/model-assets";
import { decodeGraph, type RegionData, summarizeGraph } from "@gradeway/route-core";
import { decodeHierarchy } from "@gradeway/route-core/hierarchy";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { openStore } from "./open-store.ts";
import { verdictJson } from "./region-verify.ts";
import { turnsText } from "./turns-text.ts";
import { textTable } from "./text-table.ts";
import { trustArgs, trustOptions } from "./trust-arguments.ts";

const args = {
  region: {
    type: "string",
    required: true,
    valueHint: "DIR|URL",
    description: "Region: a directory, https:// or s3://",
  },
  ...trustArgs,
  json: { type: "boolean", default: false, description: "Print everything as JSON" },
} as const;

/** `gradeway region inspect` */
export const regionInspect = defineCommand({
  meta: {
    name: "gradeway region inspect",
    description: "Show what a region holds, how old it is, and where it comes from",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const nowMs = Date.now();
    const verdict = await verifyRegion(await openStore("region", given.region, process.env), {
      ...(await trustOptions(given)),
      nowMs: () => nowMs,
    });
    const [fault] = verdict.faults;
    if (verdict.manifest === undefined && fault !== undefined) throw fault;
    if (given.json) console.log(JSON.stringify(inspectionJson(verdict, nowMs), undefined, 2));
    else console.log(inspectionText(verdict, nowMs));
  },
});

function inspectionJson(verdict: RegionVerdict, nowMs: number): object {
  const { manifest, tables, region } = verdict;
  return {
    ...verdictJson(verdict, nowMs),
    manifest,
    sources: Object.fromEntries(
      Object.entries(tables).map(([kind, table]) => [kind, sourcesOf(table)]),
    ),
    ...(region === undefined ? {} : { graph: summarizeGraph(decodeGraph(region.graph)) }),
  };
}

/** Regions that were built before there were hierarchies can be used, and say what they lack. */
function hierarchyText({ hierarchy }: RegionData): string {
  if (hierarchy === undefined) return "none, so searches are slow: build the region again";
  const { arcCount, nodeCount } = decodeHierarchy(hierarchy).hierarchy;
  return `${arcCount} arcs, ${(arcCount / nodeCount).toFixed(2)} per node`;
}

function inspectionText(verdict: RegionVerdict, nowMs: number): string {
  const { manifest, manifestSha256 = "", signature, findings, tables, region, faults } = verdict;
  if (manifest === undefined) return "";
  const keys = signature.keyIds.map((id) => id.slice(0, 16)).join(", ");
  const head = [
    [
      "region",
      `${manifest.name}, number ${manifest.sequence}${manifest.synthetic ? ", synthetic" : ""}`,
    ],
    ["manifest", manifestSha256],
    ["signature", keys === "" ? signature.state : `${signature.state}: ${keys}`],
    [
      "place",
      `${manifest.countries.join(" ") || "-"}, ${manifest.timeZone ?? "no time zone"}, ${manifest.currency}`,
    ],
    ["OpenStreetMap", manifest.osmTimestamp ?? "of unknown date"],
    [
      "elevation",
      `${manifest.elevation.source}, ${(100 * manifest.elevation.coverageRatio).toFixed(1)} % of the road length`,
    ],
  ];
  if (region !== undefined) {
    const summary = summarizeGraph(decodeGraph(region.graph));
    const { nodes, edges, lengthKm } = summary;
    head.push(["roads", `${nodes} nodes, ${edges} edges, ${lengthKm.toFixed(0)} km`]);
    head.push(["turns", turnsText(summary)]);
    head.push(["hierarchy", hierarchyText(region)]);
  }
  const rows = findings.map((finding) => {
    const { state, reasonCode, isRequired } = readinessAt(finding, nowMs);
    const { asset } = finding;
    const age = asset === undefined ? null : ageDaysOf(asset, nowMs);
    return [
      finding.kind,
      state === "missing" && !isRequired ? "-" : state,
      asset?.asOf ?? "-",
      age === null ? "-" : String(age),
      asset?.maxAgeDays === undefined ? "-" : String(asset.maxAgeDays),
      asset?.provenance ?? "-",
      asset === undefined ? "-" : String(asset.bytes),
      asset?.sha256.slice(0, 12) ?? "-",
      state === "missing" && !isRequired ? "" : (reasonCode ?? ""),
    ];
  });
  const columns = ["asset", "state", "as of", "days", "max", "class", "bytes", "sha256", ""];
  const inputs = manifest.assets.flatMap(({ kind, inputs: files }) =>
    files.map((file) => [
      kind,
      file.location,
      file.licence,
      file.attribution,
      file.sha256.slice(0, 12),
    ]),
  );
  const sources = Object.entries(tables).flatMap(([kind, table]) =>
    sourcesOf(table).map(({ source, publisher, licence }) => [
      kind,
      publisher === null ? source : `${publisher}: ${source}`,
      licence ?? "-",
    ]),
  );
  return [
    textTable(head),
    "",
    textTable([columns, ...rows], new Set([3, 4, 6])),
    "",
    textTable([["made from", "", "licence", "credit", "sha256"], ...inputs]),
    "",
    textTable([["figures", "source", "licence"], ...sources]),
    ...(faults.length > 0
      ? ["", ...faults.map((fault) => `fault ${fault.reasonCode}: ${fault.message}`)]
      : []),
  ].join("\n");
}

import { openTiles } from "@gradeway/api";
import { loadRegion } from "@gradeway/model-assets";
import { ReasonError } from "@gradeway/reason-codes";
import { decodeGraph } from "@gradeway/route-core";
import { writeTerrainSnapshot } from "@gradeway/terrain-tiles";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { createProgressLine } from "./progress-line.ts";
import { tilesOfRoads } from "./region-tiles.ts";
import { refusalOf, terrainSettings, tilesArgs } from "./terrain-arguments.ts";
import { readKeyFile, snapshotDirectory } from "./terrain-fallback.ts";
import { textTable } from "./text-table.ts";

const args = {
  region: { type: "string", required: true, valueHint: "DIR", description: "Region directory" },
  key: {
    type: "string",
    required: true,
    valueHint: "PRIVATE.pem",
    description: "Ed25519 key to sign with, in PEM (PKCS #8)",
  },
  out: {
    type: "string",
    valueHint: "DIR",
    description: "Directory of the snapshot; default: terrain/snapshot in the region",
  },
  licence: {
    type: "string",
    default: "see attribution",
    description: "Licence of the heights",
  },
  ...tilesArgs,
  json: { type: "boolean", default: false, description: "Print the summary as JSON" },
} as const;

/** What was written. */
interface SnapshotReport {
  readonly source: string;
  readonly zoom: number;
  readonly tiles: number;
  /** Tiles that the source does not have. */
  readonly absent: number;
  readonly sizeBytes: number;
  readonly keyId: string;
  readonly directory: string;
}

/** `gradeway terrain snapshot` */
export const terrainSnapshot = defineCommand({
  meta: {
    name: "gradeway terrain snapshot",
    description: "Write a signed copy of the tiles of a region, to stand in for the live source",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const { region, licence } = given;
    const settings = terrainSettings(process.env, { region, hosts: given["tiles-host"] });
    const location = given.tiles ?? settings.urlTemplate;
    if (location === undefined) {
      const problem = "Nothing says where the tiles come from.";
      throw new ReasonError("terrain_dem_url_missing", problem, {});
    }
    const privateKeyPem = await readKeyFile(given.key);
    const directory = given.out ?? snapshotDirectory(region);
    const { graph } = await loadRegion(region);
    const ids = tilesOfRoads(decodeGraph(graph), settings.tileZoom);
    const attribution = given["tiles-attribution"];
    const tiles = await openTiles(location, settings, { attribution, now: () => Date.now() });
    const line = createProgressLine(process.stderr, () => performance.now());
    try {
      const { manifest, keyId } = await writeTerrainSnapshot(tiles.source, {
        directory,
        tiles: { ids },
        licence,
        createdAt: new Date().toISOString(),
        privateKeyPem,
        onTile: (done, of) => line.update(`copying tiles ${done} of ${of}`),
      }).catch((error: unknown) => {
        throw refusalOf(error);
      });
      line.clear();
      const report: SnapshotReport = {
        source: manifest.source.name,
        zoom: manifest.zoom,
        tiles: manifest.tiles.length,
        absent: manifest.absentTiles.length,
        sizeBytes: manifest.tiles.reduce((sum, tile) => sum + tile.sizeBytes, 0),
        keyId,
        directory,
      };
      console.log(given.json ? JSON.stringify(report) : describeReport(report));
    } finally {
      line.clear();
      await tiles.close();
    }
  },
});

/** The summary for people. */
function describeReport(report: SnapshotReport): string {
  const megabytes = (report.sizeBytes / 1e6).toFixed(1);
  return textTable([
    ["tiles", `${report.tiles} at zoom ${report.zoom}, ${megabytes} MB, from ${report.source}`],
    ["absent", String(report.absent)],
    ["signed with", report.keyId],
    ["snapshot", report.directory],
  ]);
}

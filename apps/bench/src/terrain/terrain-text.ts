import { textTable } from "@gradeway/quality-gates";

import { type Distribution, shown } from "../distribution.ts";
import type { TerrainResult } from "./run-terrain.ts";

const RATIO_HEAD = "x warm";

/** All measurements, for a terminal. */
export function terrainText(result: TerrainResult): string {
  return [profileText(result), samplingText(result), concurrencyText(result)].join("\n\n");
}

function profileText({ profile }: TerrainResult): string {
  const { firstMs, coldMs, diskMs, warmedMs, warmMs, lengthKm, points, tiles } = profile;
  const row = (name: string, took: Distribution): string[] => [
    name,
    ...shown(took, 1),
    (took.p50 / warmMs.p50).toFixed(1),
  ];
  const title = `profile of ${lengthKm.toFixed(0)} km, ${points} points, ${tiles} tiles`;
  return textTable(
    [
      [title, "P50 ms", "P95", "max", RATIO_HEAD],
      row("new process, tiles from the origin", firstMs),
      row("cold: tiles from the origin", coldMs),
      row("tiles from disk", diskMs),
      row("new process after a warm-up", warmedMs),
      row("warm: tiles in memory", warmMs),
    ],
    new Set([1, 2, 3, 4]),
  );
}

function samplingText({ sampling, decode }: TerrainResult): string {
  const rate = (name: string, { p50 }: Distribution): string[] => [
    name,
    `${(p50 / 1e6).toFixed(2)} M/s per core`,
  ];
  const gdal =
    decode.gdalMs === undefined
      ? "GDAL is not installed (gdal-bin)"
      : `${decode.ratio!.toFixed(2)} x GDAL ${decode.gdalVersion!} (${decode.gdalMs.p50.toFixed(2)} ms)`;
  return textTable([
    [
      `warm samples, ${sampling.samples} in one call along lines`,
      ...rate("", sampling.batchPerCoreS).slice(1),
    ],
    rate("one call per 100 km", sampling.linesPerCoreS),
    rate("one call, scattered points", sampling.scatteredPerCoreS),
    ["decode a tile", `${decode.oursMs.p50.toFixed(2)} ms, ${gdal}`],
  ]);
}

function concurrencyText({ concurrency }: TerrainResult): string {
  const { requests, aloneMs, togetherMs, coldTogetherMs, sharedCpuMs, unsharedCpuMs } = concurrency;
  const { tileUses, fetchedShared, fetchedUnshared, distinctTiles, failures } = concurrency;
  const latencies = textTable(
    [
      [`${requests} profiles of 10 to 100 km`, "P50 ms", "P95", "max"],
      ["warm, one after the other", ...shown(aloneMs, 1)],
      ["warm, all at once", ...shown(togetherMs, 1)],
      ["cold, all at once", ...shown(coldTogetherMs, 1)],
    ],
    new Set([1, 2, 3]),
  );
  const reuse = textTable([
    ["tiles used", `${tileUses} by ${requests} requests, ${distinctTiles} different ones`],
    ["fetched, all at once", `${fetchedShared}, ${sharedCpuMs.toFixed(0)} ms of processor time`],
    [
      "fetched, each for itself",
      `${fetchedUnshared}, ${unsharedCpuMs.toFixed(0)} ms: ${(unsharedCpuMs / sharedCpuMs).toFixed(1)} x all at once`,
    ],
    ["failed requests", String(failures.length)],
  ]);
  return `${latencies}\n\n${reuse}`;
}

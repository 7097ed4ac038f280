import { textTable } from "@gradeway/quality-gates";

import { type Distribution, shown } from "../distribution.ts";
import type { ProfileTimes } from "./measure-profile.ts";
import type { TerrainResult } from "./run-terrain.ts";

/** All measurements, for a terminal. */
export function terrainText(result: TerrainResult): string {
  return [profileText(result), samplingText(result), concurrencyText(result)].join("\n\n");
}

function profileText({ profile }: TerrainResult): string {
  const { first, cold, disk, warmed, warm, lengthKm, points, tiles } = profile;
  const row = (name: string, { wallMs, cpuMs }: ProfileTimes): string[] => [
    name,
    ...shown(wallMs, 1),
    cpuMs.p50.toFixed(1),
    (cpuMs.p50 / warm.cpuMs.p50).toFixed(1),
  ];
  const title = `profile of ${lengthKm.toFixed(0)} km, ${points} points, ${tiles} tiles`;
  return textTable(
    [
      [title, "P50 ms", "P95", "max", "CPU ms", "x warm"],
      row("new process, tiles from the origin", first),
      row("cold: tiles from the origin", cold),
      row("tiles from disk", disk),
      row("new process after a warm-up", warmed),
      row("warm: tiles in memory", warm),
    ],
    new Set([1, 2, 3, 4, 5]),
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

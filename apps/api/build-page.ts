import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const SOURCE = fileURLToPath(new URL("page", import.meta.url));

/** Bundles the page into a directory; everything it needs is served from there. */
export async function buildPage(target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await build({
    entryPoints: [join(SOURCE, "main.ts"), join(SOURCE, "style.css")],
    outdir: target,
    bundle: true,
    format: "esm",
    target: "es2024",
    minify: true,
    legalComments: "linked",
    conditions: ["@gradeway/source"],
    logLevel: "warning",
  });
  for (const file of ["index.html", "icon.svg"]) {
    await copyFile(join(SOURCE, file), join(target, file));
  }
  // The map starts its worker from an address of its own: the file as published, from our origin.
  const worker = fileURLToPath(import.meta.resolve("maplibre-gl/dist/maplibre-gl-worker.mjs"));
  await copyFile(worker, join(target, "maplibre-gl-worker.mjs"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildPage(fileURLToPath(new URL("dist/page", import.meta.url)));
}

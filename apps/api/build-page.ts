import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const SOURCE = fileURLToPath(new URL("page", import.meta.url));

/** Bundles the page into a directory; everything it needs is served from there. */
export async function buildPage(target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const { metafile } = await build({
    entryPoints: [join(SOURCE, "main.ts"), join(SOURCE, "style.css")],
    outdir: target,
    bundle: true,
    format: "esm",
    target: "es2024",
    minify: true,
    legalComments: "linked",
    metafile: true,
    conditions: ["@gradeway/source"],
    logLevel: "warning",
  });
  for (const file of ["index.html", "icon.svg"]) {
    await copyFile(join(SOURCE, file), join(target, file));
  }
  // The map starts its worker from an address of its own: the file as published, from our origin.
  const worker = fileURLToPath(import.meta.resolve("maplibre-gl/dist/maplibre-gl-worker.mjs"));
  await copyFile(worker, join(target, "maplibre-gl-worker.mjs"));
  await writeFile(join(target, "LICENSES.txt"), await licences(Object.keys(metafile.inputs)));
}

/**
 * The licence texts of all packages that files of a bundle come from.
 *
 * @throws {Error} when a package has no licence file
 */
async function licences(inputs: readonly string[]): Promise<string> {
  const folders = new Map<string, string>();
  for (const input of inputs) {
    const match = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/.exec(resolve(input));
    if (match !== null) {
      folders.set(match[0], match[1]!);
    }
  }
  const texts = [...folders].map(async ([folder, name]) => {
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) {
      throw new Error(`${name} is bundled into the page, and ${folder} holds no licence file.`);
    }
    return `${name}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  });
  const sorted = (await Promise.all(texts)).toSorted();
  return `The page contains these packages.\n\n${sorted.join(`\n${"-".repeat(80)}\n\n`)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildPage(fileURLToPath(new URL("dist/page", import.meta.url)));
}

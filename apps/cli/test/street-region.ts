import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { networkFromAscii, type OsmTags, writeOsmPbf } from "@gradeway/test-kit";
import { expect } from "vitest";

import { runCli } from "./run-cli.ts";

/** One street with three junctions. */
export function streetNetwork(ABC: OsmTags): ReturnType<typeof networkFromAscii> {
  return networkFromAscii("A----B----C", { ways: { ABC }, origin: [1.5, 42.5] });
}

/** Builds a region of one street with the command. */
export async function buildStreet(root: string, name: string, tags: OsmTags): Promise<string> {
  const osm = join(root, `${name}.osm.pbf`);
  await writeFile(osm, writeOsmPbf(streetNetwork(tags).dataset));
  const out = join(root, name);
  const built = await runCli(["region", "build", "--osm", osm, "--out", out, "--name", "street"]);
  expect(built).toMatchObject({ code: 0, stderr: "" });
  return out;
}

/** Runs a command that has to succeed, and reads its JSON. */
export async function json(...args: string[]): Promise<never> {
  const run = await runCli([...args, "--json"]);
  expect(run, args.join(" ")).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(run.stdout) as never;
}

/** Runs a command that has to fail, and reads its reason. */
export async function refusal(...args: string[]): Promise<{ reasonCode: string; message: string }> {
  const run = await runCli([...args, "--json"]);
  expect(run, args.join(" ")).toMatchObject({ code: 1, stdout: "" });
  return JSON.parse(run.stderr) as never;
}

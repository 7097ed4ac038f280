import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { createSeededRandom, findDataDir } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import {
  buildYardstick,
  compilerVersion,
  NoCompilerError,
  parseFrontPairs,
  startYardstick,
  type Yardstick,
  type YardstickFronts,
  type YardstickOptions,
} from "../src/index.ts";
import {
  bruteForceFront,
  dimacsText,
  keptArcs,
  randomArcs,
  type SmallArc,
} from "./small-graphs.ts";

const outDir = path.resolve(import.meta.dirname, "../../../out/peers");
const VARIANTS: readonly YardstickFronts[] = ["array", "staircase"];
const hasCompiler = (await compilerVersion()) !== undefined;
const dataDir = findDataDir();
if (!hasCompiler) process.stderr.write("skipped: the yardstick needs g++ (install g++)\n");
if (dataDir === undefined) {
  process.stderr.write("skipped: published fronts need the reference data (GRADEWAY_DATA_DIR)\n");
}

it("has a compiler on the build server", () => {
  expect(hasCompiler || !process.env["CI"]).toBe(true);
});

it("says what to install where there is no compiler", async () => {
  const built = buildYardstick({ outDir, compiler: "no-such-compiler" });
  await expect(built).rejects.toThrow(NoCompilerError);
  await expect(built).rejects.toThrow("no-such-compiler");
});

it("reports a program that ends instead of answering", async () => {
  const options = { fronts: "array", objectives: ["no-such-module", "b", "c"] } as const;
  const started = startYardstick({ ...options, program: process.execPath });
  await expect(started).rejects.toThrow("The yardstick has ended.");
  await expect(startYardstick({ ...options, program: "./no-such-program" })).rejects.toThrow(
    "ENOENT",
  );
});

describe.skipIf(!hasCompiler)("the yardstick", () => {
  let program = "";
  let folder = "";
  beforeAll(async () => {
    ({ program } = await buildYardstick({ outDir }));
    folder = await mkdtemp(path.join(tmpdir(), "gradeway-peers-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function write(name: string, content: string | Uint8Array): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    return file;
  }

  async function start(options: Omit<YardstickOptions, "program">): Promise<Yardstick> {
    const yardstick = await startYardstick({ program, ...options });
    onTestFinished(() => yardstick.close());
    return yardstick;
  }

  async function startOn(
    nodes: number,
    arcs: readonly SmallArc[],
    fronts: YardstickFronts,
  ): Promise<Yardstick> {
    const first = await write("first.gr", dimacsText(nodes, arcs, 0));
    const second = await write("second.gr.gz", gzipSync(dimacsText(nodes, arcs, 1)));
    return start({ fronts, objectives: [first, second, "hops"], memoryGib: 0.1 });
  }

  it("is built once", async () => {
    expect((await buildYardstick({ outDir })).program).toBe(program);
  });

  it.each(VARIANTS)(
    "finds the fronts of small graphs, with paths that cost so much (%s)",
    async (fronts) => {
      let points = 0;
      for (let seed = 1; seed <= 60; seed++) {
        const random = createSeededRandom(seed);
        const nodes = random.integer(2, 8);
        const arcs = randomArcs(random, nodes);
        const kept = keptArcs(arcs);
        const yardstick = await startOn(nodes, arcs, fronts);
        expect(yardstick.graph).toMatchObject({ nodes, arcs: kept.size });
        for (let source = 1; source <= nodes; source++) {
          for (let target = 1; target <= nodes; target++) {
            const pair = { source, target };
            const answer = await yardstick.solve({ ...pair, limitS: 10, detail: "paths" });
            const front = bruteForceFront(arcs, source, target);
            expect(answer).toMatchObject({ ...pair, outcome: "exact", front, size: front.length });
            const costs = answer.paths!.map((nodesOnPath) => pathCosts(kept, nodesOnPath));
            expect(costs).toEqual(front);
            points += front.length;
          }
        }
        await yardstick.close();
      }
      expect(points).toBeGreaterThan(1_000);
    },
  );

  it("keeps front blocks apart as they grow", async () => {
    // A ladder of n steps, each quick or short, has 2^n paths and n + 1 of them in its front.
    const steps = 40;
    const arcs: SmallArc[] = [];
    for (let step = 1; step <= steps; step++) {
      const [from, by] = [2 * step - 1, 2 * step];
      arcs.push({ tail: from, head: from + 2, costs: [1, 3, 1] });
      arcs.push({ tail: from, head: by, costs: [2, 1, 1] });
      arcs.push({ tail: by, head: from + 2, costs: [1, 0, 1] });
    }
    const expected = Array.from({ length: steps + 1 }, (_, slow) => [
      steps + 2 * slow,
      3 * steps - 2 * slow,
      steps + slow,
    ]);
    for (const fronts of VARIANTS) {
      const yardstick = await startOn(2 * steps + 1, arcs, fronts);
      const request = { source: 1, target: 2 * steps + 1, limitS: 10, detail: "front" } as const;
      expect((await yardstick.solve(request)).front).toEqual(expected);
    }
  });

  it("refuses nodes that are not there and costs that do not fit, and goes on", async () => {
    const most = 2 ** 26 - 1;
    const arcs = Array.from({ length: 20 }, (_, index): SmallArc => {
      return { tail: index + 1, head: index + 2, costs: [most, 1, 1] };
    });
    const yardstick = await startOn(21, arcs, "staircase");
    const solve = (source: number, target: number) =>
      yardstick.solve({ source, target, limitS: 1, detail: "front" });
    await expect(solve(0, 1)).rejects.toThrow("no such node");
    await expect(solve(1, 22)).rejects.toThrow("no such node");
    await expect(solve(1, 1.5)).rejects.toThrow("not a request");
    await expect(solve(1, 21)).rejects.toThrow("2^30");
    expect((await solve(1, 17)).front).toEqual([[16 * most, 16, 16]]);
  });

  it("refuses a label that does not fit although the bounds do", async () => {
    const arcs = Array.from({ length: 20 }, (_, index): SmallArc[] => [
      { tail: 2 * index + 1, head: 2 * index + 3, costs: [2 ** 26 - 1, 0, 1] },
      { tail: 2 * index + 1, head: 2 * index + 2, costs: [0, 1, 1] },
      { tail: 2 * index + 2, head: 2 * index + 3, costs: [0, 0, 1] },
    ]).flat();
    const yardstick = await startOn(41, arcs, "array");
    const solved = yardstick.solve({ source: 1, target: 41, limitS: 10 });
    await expect(solved).rejects.toThrow("2^30");
  });

  it("refuses files that do not belong together or are damaged", async () => {
    const arcs = [{ tail: 1, head: 2, costs: [1, 1, 1] }] as const;
    const good = await write("good.gr", dimacsText(2, arcs, 0));
    const bad: readonly (readonly [string, string])[] = [
      [await write("turned.gr", "p sp 2 1\na 2 1 1\n"), "arcs in another order"],
      [await write("larger.gr", "p sp 3 1\na 1 2 1\n"), "another graph"],
      [await write("short.gr", "p sp 2 2\na 1 2 1\n"), "arcs are missing"],
      [await write("outside.gr", "p sp 2 1\na 1 3 1\n"), "outside.gr:2: number too large"],
      [await write("negative.gr", "p sp 2 1\na 1 2 -1\n"), "expected a whole number"],
      [await write("page.gr", "<html>"), "page.gr:1"],
      [await write("page.gr.gz", "<html>"), "gzip could not inflate it"],
      [path.join(folder, "none.gr"), "No such file"],
    ];
    for (const [file, reason] of bad) {
      const started = startYardstick({
        program,
        fronts: "array",
        objectives: [good, file, "hops"],
      });
      await expect(started).rejects.toThrow(reason);
    }
    const objectives = ["hops", "hops", "hops"] as const;
    await expect(startYardstick({ program, fronts: "array", objectives })).rejects.toThrow(
      "at least one objective must be a file",
    );
  });

  describe.skipIf(dataDir === undefined)("on New York", () => {
    const file = (name: string): string => path.join(dataDir!, "dimacs-ny", name);
    const objectives = [file("USA-road-d.NY.gr.gz"), file("USA-road-t.NY.gr.gz"), "hops"] as const;

    it.each(VARIANTS)("has the first published sizes (%s)", async (fronts) => {
      const text = await readFile(file("three-objective-fronts.csv"), "utf8");
      const yardstick = await start({ fronts, objectives });
      expect(yardstick.graph).toMatchObject({ nodes: 264_346, arcs: 730_100 });
      for (const pair of parseFrontPairs(text).slice(0, 20)) {
        const { size, outcome } = await yardstick.solve({ ...pair, limitS: 60 });
        expect({ ...pair, size, outcome }).toMatchObject({
          size: pair.frontSize,
          outcome: "exact",
        });
      }
    });

    it("says when it was stopped by the deadline or by its memory, and goes on", async () => {
      const hard = { source: 208_360, target: 99_990 };
      const easy = { source: 4_531, target: 638 };
      const yardstick = await start({ fronts: "staircase", objectives, memoryGib: 0.01 });
      expect(await yardstick.solve({ ...hard, limitS: 0 })).toMatchObject({ outcome: "deadline" });
      expect(await yardstick.solve({ ...hard, limitS: 60 })).toMatchObject({ outcome: "memory" });
      const answer = await yardstick.solve({ ...easy, limitS: 60 });
      expect(answer).toMatchObject({ outcome: "exact", size: 4 });
    });
  });
});

function pathCosts(kept: ReadonlyMap<string, SmallArc>, nodes: readonly number[]): number[] {
  const sum = [0, 0, 0];
  for (let at = 1; at < nodes.length; at++) {
    const arc = kept.get(`${nodes[at - 1]} ${nodes[at]}`)!;
    for (const [k, cost] of arc.costs.entries()) sum[k]! += cost;
  }
  return sum;
}

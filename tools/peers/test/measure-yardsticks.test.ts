import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { compilerVersion, type FrontPair, type YardstickAnswer } from "../src/index.ts";
import { faultsOf, measureYardsticks, pairsTable, totalOf } from "../src/measure-yardsticks.ts";

const MAIN = path.resolve(import.meta.dirname, "../yardstick.ts");
const hasCompiler = (await compilerVersion()) !== undefined;

function answer(pair: FrontPair, more: Partial<YardstickAnswer> = {}): YardstickAnswer {
  const labels = { generated: 9, popped: 8, expanded: 7, peakRssMb: 6 };
  const times = { boundsS: 0.25, searchS: 0.5, totalS: 0.75, wallS: 1 };
  return { ...pair, outcome: "exact", size: pair.frontSize, ...times, ...labels, ...more };
}

const pairs = [1, 2, 3].map((n): FrontPair => {
  return { source: n, target: n + 10, frontSize: 100 * n, referenceTimeS: 1 };
});

describe("measuring", () => {
  it("takes the variants in turn, pair by pair", async () => {
    const asked: string[] = [];
    const solver = (name: string) => ({
      solve: async ({ source }: { source: number }) => {
        asked.push(`${name} ${source}`);
        return answer(pairs[source - 1]!);
      },
    });
    const solvers = new Map([
      ["staircase", solver("s")],
      ["array", solver("a")],
    ] as const);
    const measured = await measureYardsticks(solvers, pairs, 60);
    expect(asked).toEqual(["s 1", "a 1", "s 2", "a 2", "s 3", "a 3"]);
    const total = totalOf(measured, "array");
    expect(total).toEqual({
      fronts: "array",
      solved: 3,
      differing: 0,
      boundsS: 0.75,
      searchS: 1.5,
      totalS: 2.25,
      referenceTimeS: 3,
    });
    expect(faultsOf(total)).toEqual([]);
    expect(pairsTable(measured, ["array"])).toMatch(/3 +13 +300 +1\.0000 +300 /);
  });

  it("counts a pair that was not finished on neither side", () => {
    const measured = pairs.map((pair) => ({
      pair,
      answers: { array: answer(pair, pair.source === 2 ? { outcome: "deadline", size: 1 } : {}) },
    }));
    const total = totalOf(measured, "array");
    expect(total).toMatchObject({ solved: 2, differing: 0, totalS: 1.5, referenceTimeS: 2 });
    expect(pairsTable(measured, ["array"])).toContain("deadline");
  });

  it("finds fault with other sizes, with a slow total, and with nothing solved", () => {
    const [pair] = pairs;
    const differing = [
      { pair: pair!, answers: { array: answer(pair!, { size: 99, totalS: 1.5 }) } },
    ];
    expect(faultsOf(totalOf(differing, "array"))).toEqual([
      "array: 1 fronts differ from the published sizes",
      "array: slower than the published implementation (1.50 s, published 1.00 s)",
    ]);
    expect(pairsTable(differing, ["array"])).toContain("99 DIFFERS");
    expect(faultsOf(totalOf(differing, "staircase"))).toEqual(["staircase: no pair was solved"]);
  });
});

describe.skipIf(!hasCompiler)("the command", () => {
  async function run(args: readonly string[]): Promise<{ code: unknown; text: string }> {
    const nodeArgs = ["--conditions=@gradeway/source", MAIN, ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, nodeArgs, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, text: stdout + stderr }),
      );
    });
  }

  async function writeDimacs(): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), "gradeway-yardstick-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    // Straight on, or round by node 2: shorter, but slower.
    const files = {
      "small-d.X.gr": "p sp 3 3\na 1 3 9\na 1 2 3\na 2 3 4\n",
      "small-t.X.gr": "p sp 3 3\na 1 3 1\na 1 2 3\na 2 3 4\n",
      "three-objective-fronts.csv":
        "source_node,target_node,front_size,reference_time_s\n1,3,2,9\n1,2,1,9\n",
      "wrong.csv": "source_node,target_node,front_size,reference_time_s\n1,3,5,9\n",
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(folder, name), text);
    }
    return folder;
  }

  it("solves the pairs of a folder and writes a report", async () => {
    const folder = await writeDimacs();
    const json = path.join(folder, "out", "report.json");
    const { code, text } = await run(["--dimacs", folder, "--json", json, "--enforce"]);
    expect(text).toMatch(/staircase +2 +0 /);
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(json, "utf8"))).toMatchObject({
      totals: [
        { fronts: "staircase", solved: 2 },
        { fronts: "array", solved: 2 },
      ],
      faults: [],
      measured: [{ answers: { staircase: { size: 2 }, array: { size: 2 } } }, {}],
    });
  });

  it("fails on a size that differs only when asked to", async () => {
    const folder = await writeDimacs();
    const asked = ["--dimacs", folder, "--fronts", path.join(folder, "wrong.csv")];
    const lax = await run([...asked, "--variant", "array"]);
    expect(lax).toMatchObject({ code: 0, text: expect.stringContaining("2 DIFFERS") });
    expect((await run([...asked, "--enforce"])).code).toBe(1);
  });

  it.each([
    [[], "--dimacs DIR is missing"],
    [["--dimacs", "no-such-folder"], "no such file"],
    [["--dimacs", ".", "--limit", "0"], "--limit"],
    [["--dimacs", ".", "--variant", "tree"], "--variant"],
    [["--dimacs", ".", "--objectives", "hops,money,hops"], "money"],
    [["--dimacs", ".", "--speed"], "--speed"],
  ])("exits 2 with a reason for %j", async (args, reason) => {
    const { code, text } = await run(args);
    expect(text).toContain(reason);
    expect(code).toBe(2);
  });
});

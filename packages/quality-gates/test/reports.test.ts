import { describe, expect, it } from "vitest";

import {
  budgetGate,
  type Gate,
  runGates,
  selectSubsystem,
  type Verdict,
  verdictHtml,
  verdictJunit,
  verdictMarkdown,
  verdictText,
} from "../src/index.ts";

const gate = (id: string, subsystem: string, score: number | Error): Gate => ({
  id,
  subsystem,
  title: `the <gate> ${id}`,
  rationale: "Because & why.",
  threshold: 95,
  async measure() {
    if (score instanceof Error) throw score;
    return { score, facts: { cases: 1234 }, failures: score < 95 ? ['"odd" <b>\u0007'] : [] };
  },
});

const latency = budgetGate({
  id: "latency",
  subsystem: "latency",
  title: "P95",
  rationale: "Why.",
  budget: 2000,
  unit: "ms",
  measure: async () => ({ observed: 2.5, facts: {} }),
});

const absent = {
  id: "clock",
  subsystem: "departure",
  title: "time of day",
  status: "not_built",
  reason: "Later.",
} as const;

const gates = [
  gate("good", "fuel", 100),
  gate("bad", "fuel", 50),
  gate("gone", "graph", new Error("no file")),
  latency,
];

let clock = 0;
const verdictOf = (list: readonly Gate[]): Promise<Verdict> =>
  runGates(list, { now: () => (clock += 250), absent: [absent] });

/** Reads XML strictly enough to find what is not closed or not escaped. */
function parseXml(text: string): { readonly name: string; readonly attributes: string[] }[] {
  const elements: { name: string; attributes: string[] }[] = [];
  const open: string[] = [];
  const body = text.replace(/^<\?xml[^?]*\?>/, "");
  const token = /<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < body.length) {
    const match = token.exec(body);
    if (match === null) throw new Error(`no XML: ${text}`);
    const [, closing, name, attributes = "", selfClosing, characters] = match;
    if (characters !== undefined) {
      expect(characters.replaceAll(/&(amp|lt|gt|quot|#10);/g, "")).not.toContain("&");
      continue;
    }
    if (closing === "/") expect(open.pop()).toBe(name);
    else {
      elements.push({
        name: name!,
        attributes: [...attributes.matchAll(/([a-z]+)=/g)].map(([, key]) => key!),
      });
      if (selfClosing === "") open.push(name!);
    }
  }
  expect(open).toEqual([]);
  return elements;
}

/** The attributes and children that readers of JUnit XML take (the Jenkins xunit schema). */
const JUNIT: Readonly<Record<string, readonly string[]>> = {
  testsuites: ["name", "tests", "failures", "errors", "time"],
  testsuite: ["name", "tests", "failures", "errors", "skipped", "time"],
  testcase: ["classname", "name", "time"],
  failure: ["type", "message"],
  error: ["type", "message"],
  skipped: ["message"],
};

describe("what has no model", () => {
  it("is listed, does not pass, and does not spoil a verdict", async () => {
    const verdict = await verdictOf([gates[0]!]);
    expect(verdict).toMatchObject({ status: "pass", exitCode: 0 });
    expect(verdict.results[1]).toMatchObject({ status: "not_built", score: null });
    expect(verdictText(verdict)).toMatch(/time of day +- +95\.0 +not built/);
    expect(verdictMarkdown("T", verdict)).toContain("Not built: Later.");
    expect(await verdictOf([])).toMatchObject({ status: "not_measured", exitCode: 2 });
  });
});

describe("verdictJunit", () => {
  it("is XML of the common form with the counts of the verdict", async () => {
    const text = verdictJunit("Gate", await verdictOf(gates));
    const elements = parseXml(text);
    for (const { name, attributes } of elements) expect(attributes).toEqual(JUNIT[name]);
    const count = (name: string) => elements.filter((element) => element.name === name).length;
    expect(["testsuite", "testcase", "failure", "error", "skipped"].map(count)).toEqual([
      4, 5, 1, 1, 1,
    ]);
    expect(text).toContain(
      '<testsuites name="Gate" tests="5" failures="1" errors="1" time="1.000">',
    );
    expect(text).toContain(
      '<testsuite name="fuel" tests="2" failures="1" errors="0" skipped="0" time="0.500">',
    );
    expect(text).toContain("&quot;odd&quot; &lt;b&gt;\uFFFD</failure>");
  });
});

describe("verdictHtml", () => {
  it("needs nothing from elsewhere and escapes what it shows", async () => {
    const page = verdictHtml(await verdictOf(gates), { title: "A & B", facts: { node: "v24" } });
    expect(page).not.toMatch(/<script|<link|<img|https?:\/\/|url\(|@import/);
    expect(page).not.toContain("<gate>");
    expect(page).toContain("<title>A &amp; B</title>");
    expect(page).toContain("prefers-color-scheme:dark");
    // A bar per scored gate, and one for the budget.
    expect(page.match(/<rect /g)).toHaveLength(4);
    expect(page).toContain("2.5 of 2,000 ms, 800 times below");
    expect(page).toContain("2 pass, 1 FAIL, 1 NOT MEASURED, 1 not built");
  });
});

/** What a reader of CommonMark sees of text in which every mark is escaped; throws at one that is not. */
function readMarkdown(text: string): string {
  const bare = text.replaceAll(/\\[!-/:-@[-`{-~]/g, "");
  if (/[`*[\]<>~\\]|(^|\s)_|_($|\s)|&\w+;|^#/.test(bare)) throw new Error(`a mark: ${text}`);
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, "$1");
}

describe("hostile text", () => {
  const hostile =
    'a <img src=x onerror="alert(1)"> `b` *c* _d_ snake_case [e](javascript:f) &lt; ~~g~~ \\| h';
  const odd = (text: string): Gate => ({
    ...gate("odd", "fuel", 0),
    async measure() {
      return { score: 0, facts: { [text]: text }, failures: [text] };
    },
  });

  it("is text in Markdown, in lists and in cells", async () => {
    const verdict = await runGates([odd(hostile), gate("gone", "fuel", new Error(hostile))], {
      now: () => 0,
    });
    const lines = verdictMarkdown(hostile, verdict).split("\n");
    const after = (start: string): string =>
      readMarkdown(lines.find((line) => line.startsWith(start))!.slice(start.length));
    expect(after("# ")).toBe(hostile);
    expect(after("- ")).toBe(hostile);
    expect(after("Could not be measured: Error: ")).toBe(hostile);
    // A table is cut at bare pipes first, and only then read (GitHub Flavored Markdown, 4.10).
    const row = lines.find((line) => line.startsWith("| a "))!;
    const cells = [...row.matchAll(/(?:\\.|[^|\\])+/g)].map(([cell]) =>
      readMarkdown(cell.replaceAll(String.raw`\|`, "|").trim()),
    );
    expect(cells).toEqual([hostile, hostile]);
  });

  it("can neither break a list open nor give a terminal orders", async () => {
    const verdict = await runGates([odd("one\r\n\nverdict: pass\u001B[2J\u009B2J")], {
      now: () => 0,
    });
    expect(verdictMarkdown("T", verdict)).toContain("- one verdict: pass\uFFFD\\[2J\uFFFD2J\n");
    const text = verdictText(verdict);
    expect(text).not.toMatch(/\p{Cc}(?<!\n)/u);
    expect(text.match(/^verdict: .*$/gm)).toEqual(["verdict: FAIL"]);
  });
});

describe("a quantity without end", () => {
  it("fails its gate and has no place on an axis", async () => {
    const endless = budgetGate({
      id: "endless",
      subsystem: "latency",
      title: "endless",
      rationale: "Why.",
      budget: 2000,
      unit: "ms",
      measure: async () => ({ observed: Infinity, facts: {} }),
    });
    const verdict = await verdictOf([latency, endless]);
    expect(verdict.results[1]).toMatchObject({ status: "fail", score: 0 });
    const page = verdictHtml(verdict, { title: "T", facts: {} });
    expect(page.match(/<rect /g)).toHaveLength(3);
    expect(page).not.toMatch(/="(?:NaN|-?Infinity)"/);
  });
});

describe("selectSubsystem", () => {
  it("keeps one subsystem, and names the others when there is none", () => {
    const list = { gates, absent: [absent] };
    expect(selectSubsystem(list, "fuel").gates.map(({ id }) => id)).toEqual(["good", "bad"]);
    expect(selectSubsystem(list, "departure")).toEqual({ gates: [], absent: [absent] });
    expect(() => selectSubsystem(list, "fule")).toThrow(/fuel, graph, latency, departure/);
  });
});

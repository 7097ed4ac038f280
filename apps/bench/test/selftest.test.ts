import { describe, expect, it } from "vitest";

import { FAULTS } from "../src/selftest/faults.ts";
import { provokeFault } from "../src/selftest/provoke-fault.ts";
import { rowOf } from "../src/selftest/selftest.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();

/** Times decide no test; `pnpm gate:selftest` provokes this one as well. */
const TIMED = "a search three times as slow";

describe("the gate", () => {
  const faults = FAULTS.filter(({ name }) => name !== TIMED);

  it("has a fault for each thing that the brief names", () => {
    expect(FAULTS).toHaveLength(7);
    expect(faults).toHaveLength(6);
  });

  it.each(faults.map((fault) => [fault.name, fault] as const))(
    "is red with %s, for that reason",
    async (_, fault) => {
      const row = rowOf(fault, await provokeFault(fault, folders.region));
      expect(row).toMatchObject({ isCaught: true, exitCode: 1, gate: fault.gate });
      expect(row.words).not.toBe("nothing");
    },
  );

  it("is not said to have caught what it did not", () => {
    const [fault] = FAULTS;
    expect(rowOf(fault!, { exitCode: 0, results: [] })).toMatchObject({
      isCaught: false,
      words: "nothing",
    });
    const result = {
      id: fault!.gate,
      subsystem: "fuel",
      title: "",
      rationale: "",
      threshold: 95,
      status: "fail",
      score: 0,
      facts: {},
      failures: ["something else"],
      reason: null,
      durationMs: 0,
    } as const;
    const words = { isCaught: false, words: "something else" };
    expect(rowOf(fault!, { exitCode: 1, results: [result] })).toMatchObject(words);
  });
});

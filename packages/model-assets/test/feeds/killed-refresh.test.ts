import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { openRegion, PROVENANCE_CLASSES } from "../../src/index.ts";
import { dieselRow, TODAY, withFeed } from "./feed-fixture.ts";

const SCRIPT = fileURLToPath(new URL("refresh-forever.ts", import.meta.url));
/** Damaged rows are refused, not left out. */
const policy = { strict: true, allowedClasses: PROVENANCE_CLASSES } as const;

/** Kills a process that refreshes the feed of a region over and over, some time after its second refresh. */
async function refreshAndKill(region: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, ["--conditions=@gradeway/source", SCRIPT, region], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = new Promise((resolve) => child.once("close", resolve));
  let said = "";
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      if (said.split("\n").length > 2) resolve();
    });
  });
  await sleep(afterMs);
  child.kill("SIGKILL");
  await closed;
  expect(said).not.toContain("refused");
}

describe("a refresh that is killed", () => {
  it("leaves rows in force that are whole and were sent, whenever it dies", async () => {
    await withFeed(async (stand) => {
      for (let round = 0; round < 8; round++) {
        await refreshAndKill(stand.region, 3 * round);
        const { live } = stand;
        const { region } = await openRegion(stand.region, { live, policy, nowMs: () => TODAY });
        expect([1.31, 1.32]).toContain(region.rates.dieselPerL);
        expect(await stand.status()).toMatchObject([{ id: "diesel", state: "fresh" }]);
      }
      // What it left beside the rows in force goes with the next rows.
      stand.send([dieselRow(1.4)]);
      expect((await stand.refresh()).lastAttempt.outcome).toBe("updated");
      expect(Object.keys(await stand.rowFiles()).length).toBeLessThanOrEqual(2);
    });
  });
});

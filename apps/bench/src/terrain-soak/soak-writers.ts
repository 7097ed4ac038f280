import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { SeededRandom } from "@gradeway/test-kit";

const CHILD = path.join(import.meta.dirname, "soak-writer-child.ts");

/** What the writers write, and where. */
export interface SoakWriterOptions {
  readonly directory: string;
  readonly maxTiles: number;
  readonly maxBytes: number;
  /** Folders with the tiles that are written. */
  readonly folders: readonly string[];
  readonly random: SeededRandom;
  /** Longest life in milliseconds of a writer that has begun to write. */
  readonly maxLifeMs: number;
}

/** What the writers did. */
export interface SoakWriterReport {
  /** Writers that were killed while they wrote. */
  readonly kills: number;
  readonly writes: number;
  /** Writers that ended by themselves, which they must not. */
  readonly failures: readonly string[];
}

/**
 * Starts one writer after the other and kills each with SIGKILL after a random while, until the
 * signal aborts. No writer is left when it returns.
 */
export async function runSoakWriters(
  options: SoakWriterOptions,
  until: AbortSignal,
): Promise<SoakWriterReport> {
  const { random, maxLifeMs } = options;
  const failures: string[] = [];
  let kills = 0;
  let writes = 0;
  for (let number = 0; !until.aborted; number += 1) {
    const writer = startWriter(options, number);
    const ended = once(writer, "exit");
    let wrote = false;
    writer.stdout!.on("data", (chunk: Buffer) => {
      wrote = true;
      writes +=
        10 *
        chunk
          .toString()
          .split("\n")
          .filter((line) => line !== "").length;
    });
    try {
      await Promise.race([once(writer.stdout!, "data", { signal: until }), ended]);
      // The first tenth of its life is where a kill is likely to meet a clean-up.
      const lifeMs = random.between(0, random.chance(0.3) ? maxLifeMs / 10 : maxLifeMs);
      await Promise.race([sleep(lifeMs, undefined, { signal: until }), ended]);
    } catch (error) {
      if (!until.aborted) throw error;
    } finally {
      if (writer.exitCode === null && writer.kill("SIGKILL") && wrote) kills += 1;
      await ended;
    }
    if (writer.signalCode !== "SIGKILL") {
      failures.push(`writer ${number} ended with ${writer.exitCode ?? writer.signalCode}`);
    }
  }
  return { kills, writes, failures };
}

function startWriter(options: SoakWriterOptions, number: number): ChildProcess {
  const { directory, maxTiles, maxBytes, folders } = options;
  const args = [directory, String(maxTiles), String(maxBytes), String(number), ...folders];
  return spawn(process.execPath, ["--conditions=@gradeway/source", CHILD, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import {
  parseAnswerLine,
  parseGraphLine,
  type YardstickAnswer,
  type YardstickGraph,
} from "./yardstick-reply.ts";

/** How fronts are kept: the paper's arrays, or sorted staircases. */
export type YardstickFronts = "array" | "staircase";

/** What a yardstick is started with. */
export interface YardstickOptions {
  /** From {@link buildYardstick}. */
  readonly program: string;
  readonly fronts: YardstickFronts;
  /** Three `.gr` or `.gr.gz` files with the same arcs, or `hops` for 1 per arc. */
  readonly objectives: readonly [string, string, string];
  /** Most that labels and fronts may take, up to 32; default 8. Pages are taken as needed. */
  readonly memoryGib?: number;
}

/** One pair to solve. */
export interface YardstickRequest {
  /** Node numbers of the files, from 1. */
  readonly source: number;
  readonly target: number;
  /** Processor time, bounds included. */
  readonly limitS: number;
  /** Also answer the costs of the front, or those and a path for each. */
  readonly detail?: "front" | "paths";
}

/** A process that has loaded its graph and answers pairs, one after another. */
export interface Yardstick {
  readonly graph: YardstickGraph;
  /** @throws {Error} when the yardstick refuses the pair, or has ended */
  solve(request: YardstickRequest): Promise<YardstickAnswer>;
  /** Ends the process, whatever it is doing. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a yardstick and waits until it has its graph.
 *
 * @throws {Error} with the program's words when it cannot
 */
export async function startYardstick(options: YardstickOptions): Promise<Yardstick> {
  const { program, fronts, memoryGib = 8, objectives } = options;
  const child = spawn(program, [fronts, String(memoryGib), ...objectives]);
  const waiting: Waiting[] = [];
  let complaint = "";
  let end: Error | undefined;
  const nextLine = (): Promise<string> =>
    new Promise((resolve, reject) => {
      if (end === undefined) waiting.push({ resolve, reject });
      else reject(end);
    });
  const ended = new Promise<void>((resolve) => {
    const finish = (reason: string): void => {
      end ??= new Error(`The yardstick has ended. ${complaint.trim() || reason}`);
      for (const { reject } of waiting.splice(0)) reject(end);
      resolve();
    };
    child.once("error", ({ message }) => finish(message));
    child.once("close", (code, signal) => finish(`Exit code ${signal ?? code}.`));
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  // A write to a process that is gone; its end is reported through `ended`.
  child.stdin.on("error", () => undefined);
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(line));
  const close = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  try {
    const graph = parseGraphLine(await nextLine());
    return {
      graph,
      async solve({ source, target, limitS, detail = "" }) {
        const line = nextLine();
        child.stdin.write(`${source} ${target} ${limitS} ${detail}\n`);
        return parseAnswerLine(await line);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

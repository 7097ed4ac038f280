/** What the yardstick says when it has its graph. */
export interface YardstickGraph {
  readonly nodes: number;
  /** Without loops, of parallel arcs the first only. */
  readonly arcs: number;
  /** Processor time of reading and building. */
  readonly loadS: number;
}

/** The answer to one pair; times are processor time unless they say otherwise. */
export interface YardstickAnswer {
  readonly source: number;
  readonly target: number;
  /** `deadline` and `memory`: `size` counts what was found until then. */
  readonly outcome: "exact" | "deadline" | "memory";
  readonly size: number;
  /** The three backward Dijkstras. */
  readonly boundsS: number;
  readonly searchS: number;
  readonly totalS: number;
  readonly wallS: number;
  /** Labels put into OPEN, taken from it, and found not dominated. */
  readonly generated: number;
  readonly popped: number;
  readonly expanded: number;
  /** Of the process, over all pairs so far. */
  readonly peakRssMb: number;
  /** Costs in the order of the objectives, lexicographically sorted; where they were asked for. */
  readonly front?: readonly (readonly number[])[];
  /** Nodes of a path for each. */
  readonly paths?: readonly (readonly number[])[];
}

const GRAPH_FIELDS = ["nodes", "arcs", "loadS"];
const ANSWER_FIELDS = [
  "source",
  "target",
  "size",
  "boundsS",
  "searchS",
  "totalS",
  "wallS",
  "generated",
  "popped",
  "expanded",
  "peakRssMb",
];
const OUTCOMES = new Set(["exact", "deadline", "memory"]);

/** @throws {Error} for anything but the first line of a yardstick */
export function parseGraphLine(line: string): YardstickGraph {
  const reply = parseObject(line);
  if (!hasNumbers(reply, GRAPH_FIELDS)) throw unexpected(line);
  return reply as unknown as YardstickGraph;
}

/** @throws {Error} for anything but an answer; with the yardstick's words where it refused */
export function parseAnswerLine(line: string): YardstickAnswer {
  const reply = parseObject(line);
  if (typeof reply["error"] === "string") throw new Error(`The yardstick: ${reply["error"]}.`);
  const isAnswer =
    hasNumbers(reply, ANSWER_FIELDS) &&
    OUTCOMES.has(String(reply["outcome"])) &&
    ["front", "paths"].every((list) => isRows(reply[list]));
  if (!isAnswer) throw unexpected(line);
  return reply as unknown as YardstickAnswer;
}

function parseObject(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through: whatever it is, it is no reply.
  }
  throw unexpected(line);
}

function hasNumbers(reply: Record<string, unknown>, fields: readonly string[]): boolean {
  return fields.every((field) => typeof reply[field] === "number");
}

function isRows(value: unknown): boolean {
  if (value === undefined) return true;
  const isRow = (row: unknown): boolean => Array.isArray(row) && row.every(Number.isSafeInteger);
  return Array.isArray(value) && value.every(isRow);
}

function unexpected(line: string): Error {
  return new Error(`The yardstick said ${JSON.stringify(line.slice(0, 200))}.`);
}

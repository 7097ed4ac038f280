import { ReasonError } from "@gradeway/reason-codes";
import type { LonLat } from "@gradeway/route-core";
import type { ArgsDef } from "citty";

/** A `request_invalid` error about one argument. */
export function invalidArgument(name: string, message: string): ReasonError<"request_invalid"> {
  return new ReasonError("request_invalid", `--${name}: ${message}`, {
    issues: [{ pointer: `/${name}`, message }],
  });
}

/**
 * Refuses string arguments without a value. Looks at the words as they were typed: the parser takes
 * the next flag for a missing value and then complains about that flag.
 *
 * @throws {ReasonError} request_invalid
 */
export function refuseMissingValues(words: readonly string[], known: ArgsDef): void {
  const names = Object.keys(known).filter((name) => known[name]?.type === "string");
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === "--") return;
    const [, typed = "", joined] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const name = names.find((each) => each === typed || camelCase(each) === typed);
    if (name === undefined) continue;
    const value = joined ?? words[++at];
    if (value === undefined || value.trim() === "" || value.startsWith("--")) {
      throw invalidArgument(name, "the value is missing");
    }
  }
}

/**
 * Refuses arguments that a command does not know; the parser lets them pass.
 *
 * @throws {ReasonError} request_invalid
 */
export function refuseUnknown(args: Readonly<Record<string, unknown>>, known: ArgsDef): void {
  const names = new Set(Object.keys(known).flatMap((name) => [name, camelCase(name)]));
  for (const name of Object.keys(args)) {
    if (name === "_" || names.has(name) || names.has(camelCase(name))) continue;
    throw invalidArgument(name, "this command does not know the argument");
  }
  const extra = args["_"];
  const wanted = Object.values(known).filter((arg) => arg.type === "positional").length;
  if (Array.isArray(extra) && extra.length > wanted) {
    const message = `${String(extra[wanted])}: this command takes no further words`;
    throw new ReasonError("request_invalid", message, { issues: [{ pointer: "", message }] });
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Parses `LON,LAT`; ranges are checked with the rest of the request. */
export function parseLonLat(name: string, text: string): LonLat {
  const parts = text.split(",").map(decimal);
  const [lon, lat] = parts;
  if (parts.length !== 2 || lon === undefined || lat === undefined || parts.some(Number.isNaN)) {
    throw invalidArgument(name, `expected LON,LAT, got ${JSON.stringify(text)}`);
  }
  return [lon, lat];
}

/** Parses a finite number in plain decimal notation. */
export function parseNumber(name: string, text: string): number {
  const value = decimal(text);
  if (!Number.isFinite(value)) {
    throw invalidArgument(name, `expected a number, got ${JSON.stringify(text)}`);
  }
  return value;
}

/** Parses numbers with commas between them. */
export function parseNumbers(name: string, text: string): number[] {
  return text.split(",").map((part) => parseNumber(name, part));
}

/** A port number; 0 stands for a free one. */
export function parsePort(name: string, text: string): number {
  const port = parseNumber(name, text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw invalidArgument(name, `expected a whole number from 0 to 65535, got ${text}`);
  }
  return port;
}

/** NaN for what is no plain decimal number, such as `0x10` and `1e3`. */
function decimal(text: string): number {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** Joins `--from -0.7,52.6` to `--from=-0.7,52.6`: a value that starts with a minus is no flag. */
export function joinNegativeValues(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const previous = joined.at(-1);
    const isFlag = previous?.startsWith("--") === true && !previous.includes("=");
    if (isFlag && /^-\d/.test(arg)) joined[joined.length - 1] = `${previous}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

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
  if (Array.isArray(extra) && extra.length > 0) {
    throw invalidArgument(String(extra[0]), "this command takes no further words");
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Parses `LON,LAT`; ranges are checked with the rest of the request. */
export function parseLonLat(name: string, text: string): LonLat {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [lon, lat] = parts;
  if (parts.length !== 2 || lon === undefined || lat === undefined || parts.some(Number.isNaN)) {
    throw invalidArgument(name, `expected LON,LAT, got ${JSON.stringify(text)}`);
  }
  return [lon, lat];
}

/** Parses a finite number. */
export function parseNumber(name: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) {
    throw invalidArgument(name, `expected a number, got ${JSON.stringify(text)}`);
  }
  return value;
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

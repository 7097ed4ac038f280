import type { ArgsDef } from "citty";

/** A command line that cannot be carried out as written. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/**
 * Refuses arguments that a command does not know; the parser lets them pass.
 *
 * @throws {ArgumentError}
 */
export function refuseUnknown(args: Readonly<Record<string, unknown>>, known: ArgsDef): void {
  // The parser gives an argument of two words under both spellings.
  const names = new Set(Object.keys(known).flatMap((name) => [name, camelCase(name)]));
  for (const name of Object.keys(args)) {
    if (name !== "_" && !names.has(name)) throw new ArgumentError(`--${name} is not known here`);
  }
  const extra = args["_"];
  if (Array.isArray(extra) && extra.length > 0) {
    throw new ArgumentError(`${String(extra[0])} is one word too many`);
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Parses a whole number of at least `least`.
 *
 * @throws {ArgumentError}
 */
export function parseCount(name: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new ArgumentError(
    `--${name}: expected a whole number from ${least}, got ${JSON.stringify(text)}`,
  );
}

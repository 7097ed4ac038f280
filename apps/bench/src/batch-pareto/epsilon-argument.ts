import { ArgumentError } from "../command-arguments.ts";

/**
 * Parses `--epsilon`.
 *
 * @throws {ArgumentError}
 */
export function epsilonOf(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new ArgumentError(`--epsilon: expected 0 to 1, got ${JSON.stringify(text)}`);
}

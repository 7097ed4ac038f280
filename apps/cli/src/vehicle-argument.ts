import { readFile } from "node:fs/promises";

import { invalidArgument } from "./command-arguments.ts";

/** An id, or the vehicle that a file describes. */
export async function vehicleOf(text: string): Promise<unknown> {
  if (!text.endsWith(".json")) return text;
  try {
    return JSON.parse(await readFile(text, "utf8"));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw invalidArgument("vehicle", `${text} cannot be read as JSON: ${cause}`);
  }
}

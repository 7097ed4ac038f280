import type { Issue } from "@gradeway/reason-codes";
import type { z } from "zod";

/** Writes a path as a JSON pointer (RFC 6901). */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/**
 * The faults of a document: one per fault, and one for each unknown field.
 *
 * @param explain Says more about the unknown field at a pointer, where more is known.
 */
export function issuesOf(
  error: z.ZodError,
  explain: (pointer: string) => string | undefined = () => undefined,
): Issue[] {
  return error.issues.flatMap((issue): Issue[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => {
          const pointer = jsonPointer([...issue.path, key]);
          return { pointer, message: explain(pointer) ?? `Unknown field "${key}".` };
        })
      : [{ pointer: jsonPointer(issue.path), message: issue.message }],
  );
}

import { type Issue, ReasonError } from "@gradeway/reason-codes";
import type { z } from "zod";

/** @throws {ReasonError} asset_invalid when the bytes are not JSON in UTF-8 */
export function parseJson(asset: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalidAsset(asset, [{ pointer: "", message: "not JSON" }], error);
  }
}

/**
 * Checks a value against a schema. Fields that the schema lacks are told apart from values that are
 * wrong: they may come from a newer version of the program.
 *
 * @throws {ReasonError} asset_field_unknown when nothing else is wrong, asset_invalid
 */
export function parseSchema<S extends z.ZodType>(
  asset: string,
  schema: S,
  value: unknown,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const unknown = unknownFields(result.error);
  if (unknown.length === 0) throw invalidAsset(asset, issuesOf(result.error));
  throw new ReasonError(
    "asset_field_unknown",
    `The region file ${asset} holds fields that this version does not know: ${unknown
      .map(({ pointer }) => pointer)
      .join(", ")}.`,
    { asset, issues: unknown },
  );
}

/** The faults of a value, each with the JSON pointer of its place. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), message }));
}

/** Pointers of the fields that a schema lacks; none when the value has other faults, too. */
export function unknownFields(error: z.ZodError): Issue[] {
  const fields: Issue[] = [];
  for (const issue of error.issues) {
    if (issue.code !== "unrecognized_keys") return [];
    for (const key of issue.keys) {
      fields.push({ pointer: pointerOf([...issue.path, key]), message: "unknown field" });
    }
  }
  return fields;
}

/** Builds the error of a file that does not follow its schema. */
export function invalidAsset(
  asset: string,
  issues: readonly Issue[],
  cause?: unknown,
): ReasonError<"asset_invalid"> {
  const [first] = issues;
  const where = first === undefined ? "" : `: ${first.pointer || "/"} ${first.message}`;
  const message = `The region file ${asset} does not follow its schema${where}.`;
  return new ReasonError("asset_invalid", message, { asset, issues }, { cause });
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

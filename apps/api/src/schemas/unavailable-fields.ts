import { ReasonError } from "@gradeway/reason-codes";

/**
 * Fields of the agreed request whose model does not exist yet, with what they would have asked for.
 * They are refused by name: an answer that ignored them would look like one that obeyed.
 */
export const UNAVAILABLE_FIELDS: Readonly<Record<string, string>> = {
  departAt: "a departure time",
  maxGradeRatio: "a limit on steepness",
  scenario: "scenarios",
  uncertainty: "uncertainty",
  format: "other answer formats",
};

/** Splits a request into the fields that are modelled and the first one that is not. */
export function splitUnavailable(json: unknown): {
  readonly modelled: unknown;
  readonly unavailable: ReasonError<"request_feature_unavailable"> | undefined;
} {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return { modelled: json, unavailable: undefined };
  }
  const modelled: [string, unknown][] = [];
  let unavailable: ReasonError<"request_feature_unavailable"> | undefined;
  for (const [field, value] of Object.entries(json)) {
    const meaning = meaningOfUnavailable(field, value);
    if (meaning === undefined) {
      modelled.push([field, value]);
    } else {
      unavailable ??= new ReasonError(
        "request_feature_unavailable",
        `The field "${field}" asks for ${meaning}, which this version does not model.`,
        { field },
      );
    }
  }
  // Unlike an assignment, this keeps a field named __proto__ a field.
  return { modelled: Object.fromEntries(modelled), unavailable };
}

function meaningOfUnavailable(field: string, value: unknown): string | undefined {
  if (field === "annotations" && Array.isArray(value)) {
    const names: unknown[] = value;
    const other = names.find((item) => typeof item === "string" && item !== "elevation");
    return typeof other === "string" ? `the annotation "${other}"` : undefined;
  }
  return Object.hasOwn(UNAVAILABLE_FIELDS, field) ? UNAVAILABLE_FIELDS[field] : undefined;
}

import { REASON_CODES, type ReasonDefinition, ReasonError } from "@gradeway/reason-codes";

/** Text of a failure for a terminal, or one JSON document where the command was asked for JSON. */
export function reportFailure(error: unknown, asJson: boolean): string {
  if (!(error instanceof ReasonError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return asJson ? JSON.stringify({ reasonCode: "internal_error", message: text }) : text;
  }
  if (asJson) return JSON.stringify(error.toJSON());
  const { title, remedy } = definitionOf(error);
  return [
    `error ${error.reasonCode}: ${title}`,
    `  ${error.message}`,
    `  ${remedy.includes("details") ? `${remedy} details: ${JSON.stringify(error.details)}` : remedy}`,
  ].join("\n");
}

function definitionOf(error: ReasonError): ReasonDefinition {
  return REASON_CODES[error.reasonCode];
}

import {
  isReasonError,
  REASON_CODES,
  type ReasonDefinition,
  ReasonError,
} from "@gradeway/reason-codes";

/** Flags by the field of a request that they set, as a JSON pointer without its first slash. */
const FLAGS: Readonly<Record<string, string>> = {
  origin: "from",
  destination: "to",
  waypoints: "via",
  vehicle: "vehicle",
  payloadKg: "payload-kg",
  epsilon: "epsilon",
  maxRoutes: "max-routes",
  maxOverlapRatio: "max-overlap",
  "constraints/maxDurationS": "max-duration-s",
  "constraints/maxCost": "max-cost",
  "constraints/maxCo2eKg": "max-co2e-kg",
  "constraints/overBest/time": "over-fastest",
  "constraints/overBest/money": "over-cheapest",
  "constraints/overBest/co2e": "over-cleanest",
  "avoid/features": "avoid",
  "avoid/boxes": "avoid-box",
  "avoid/ways": "avoid-ways",
  deadlineMs: "deadline-ms",
};

/** Text of a failure for a terminal, or one JSON document where the command was asked for JSON. */
export function reportFailure(failure: unknown, asJson: boolean): string {
  if (!(failure instanceof ReasonError)) {
    const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
    return asJson ? JSON.stringify({ reasonCode: "internal_error", message: text }) : text;
  }
  const error = isReasonError(failure, "request_invalid") ? withFlags(failure) : failure;
  if (asJson) return JSON.stringify(error.toJSON());
  const { title, remedy } = definitionOf(error);
  const lines = [`error ${error.reasonCode}: ${title}`, `  ${error.message}`];
  if (!listsItsIssues(error)) {
    const details = remedy.includes("details") ? ` details: ${JSON.stringify(error.details)}` : "";
    lines.push(`  ${remedy}${details}`);
  }
  return lines.join("\n");
}

/** Names the flag where the error names the field that the flag has set. */
function withFlags(error: ReasonError<"request_invalid">): ReasonError<"request_invalid"> {
  let { message } = error;
  const issues = error.details.issues.map((issue) => {
    const field = Object.keys(FLAGS).find((known) => `${issue.pointer}/`.startsWith(`/${known}/`));
    if (field === undefined) return issue;
    const flag = FLAGS[field]!;
    const rest = issue.pointer.slice(field.length + 1);
    message = message.replace(`${issue.pointer}: `, () => `--${flag}: `);
    return { ...issue, pointer: `/${flag}${rest}` };
  });
  return new ReasonError(error.reasonCode, message, { ...error.details, issues });
}

function listsItsIssues(error: ReasonError): boolean {
  if (!isReasonError(error, "request_invalid")) return false;
  return error.details.issues.every((issue) => error.message.includes(issue.message));
}

function definitionOf(error: ReasonError): ReasonDefinition {
  return REASON_CODES[error.reasonCode];
}

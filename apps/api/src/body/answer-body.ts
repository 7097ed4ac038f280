import type { Warning } from "@gradeway/reason-codes";
import type {
  FrontFacts,
  ParetoAnswer,
  RouteAnswer,
  RouteFacts,
  WrittenAnswer,
} from "@gradeway/route-core";

import { entityTag } from "../http/entity-tag.ts";

/** How the body of an answer is written. */
export interface BodyStyle {
  /** Said after the warnings of the planner. */
  readonly warnings: readonly Warning[];
  /** Whether diagnostics are written; without them a body is reproducible. */
  readonly isDiagnosed: boolean;
  /** Whether a tag is made of a body that may be kept. */
  readonly isTagged: boolean;
}

/** A written answer. */
export interface AnswerBody {
  /** JSON in UTF-8, with memory of its own, which may be handed on to another thread. */
  readonly json: Uint8Array<ArrayBuffer>;
  /** Entity tag; absent where none is wanted, and of an answer that must not be kept. */
  readonly tag?: string;
}

/**
 * Writes an answer that is there as data.
 *
 * @param more - what its diagnostics tell besides
 */
export function answerBody(
  answer: ParetoAnswer | RouteAnswer,
  style: BodyStyle,
  more: object = {},
): AnswerBody {
  const json = new TextEncoder().encode(JSON.stringify(dressed(answer, style, more)));
  return taggedBody({ json, facts: answer }, style);
}

/** An answer that was written as `dressed` says, with its tag. */
export function taggedBody(
  { json, facts }: WrittenAnswer<FrontFacts | RouteFacts>,
  style: BodyStyle,
): AnswerBody {
  return style.isTagged && isWhole(facts) ? { json, tag: entityTag(json) } : { json };
}

/** What is sent of an answer, or of a part of it. */
export function dressed(
  { diagnostics, ...planned }: FrontFacts | RouteFacts,
  { warnings, isDiagnosed }: BodyStyle,
  more: object = {},
): object {
  const reproducible = { ...planned, warnings: [...planned.warnings, ...warnings] };
  return isDiagnosed ? { ...reproducible, diagnostics: { ...diagnostics, ...more } } : reproducible;
}

/** An answer that a deadline cut short depends on the machine's mood: it must not be kept. */
function isWhole({ certificate, warnings }: FrontFacts | RouteFacts): boolean {
  return certificate.complete && !warnings.some(({ code }) => code === "evaluation_skipped");
}

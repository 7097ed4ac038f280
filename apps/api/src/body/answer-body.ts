import type { Warning } from "@gradeway/reason-codes";
import type { ParetoAnswer, RouteAnswer } from "@gradeway/route-core";

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
 * Writes an answer as it is sent.
 *
 * @param more - what its diagnostics tell besides
 */
export function answerBody(
  answer: ParetoAnswer | RouteAnswer,
  style: BodyStyle,
  more: object = {},
): AnswerBody {
  const { diagnostics: own, ...planned } = answer;
  const diagnostics = { ...own, ...more };
  const reproducible = { ...planned, warnings: [...answer.warnings, ...style.warnings] };
  const written = style.isDiagnosed ? { ...reproducible, diagnostics } : reproducible;
  const json = new TextEncoder().encode(JSON.stringify(written));
  return style.isTagged && isWhole(answer) ? { json, tag: entityTag(json) } : { json };
}

/** An answer that a deadline cut short depends on the machine's mood: it must not be kept. */
function isWhole({ certificate, warnings }: ParetoAnswer | RouteAnswer): boolean {
  return certificate.complete && !warnings.some(({ code }) => code === "evaluation_skipped");
}

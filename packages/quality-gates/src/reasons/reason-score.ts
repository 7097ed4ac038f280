import { isReasonError, REASON_CODES, type ReasonCode } from "@gradeway/reason-codes";

import { caseScore, type JudgedCase } from "../case-score.ts";
import type { Gate } from "../gate.ts";
import { reasonText } from "../run-gates.ts";

/**
 * Ways to provoke reason codes from outside. A provocation rejects with the error, or resolves to the
 * code that a service answered with.
 */
export type Provocations = Readonly<Partial<Record<ReasonCode, () => Promise<unknown>>>>;

/** The gate of reason codes: each comes from its cause. */
export function reasonScore(provocations: Provocations): Gate {
  return {
    id: "reason-codes",
    subsystem: "reason-codes",
    title: "each reason code provoked",
    rationale:
      "Callers branch on reason codes, so each is provoked through the public interface and must come " +
      "back as itself. The score is the share of all codes that do; a code that nobody provokes counts " +
      "as wrong. A single wrong code is a proof of a fault.",
    threshold: 100,
    async measure() {
      const codes = Object.keys(REASON_CODES) as ReasonCode[];
      const cases: JudgedCase[] = [];
      for (const code of codes) {
        const provoke = provocations[code];
        const failure =
          provoke === undefined ? `nothing provokes ${code}` : await failureOf(code, provoke);
        cases.push({ group: "codes", failure });
      }
      const provoked = codes.filter((code) => provocations[code] !== undefined).length;
      return caseScore(cases, { codes: codes.length, provoked });
    },
  };
}

async function failureOf(
  code: ReasonCode,
  provoke: () => Promise<unknown>,
): Promise<string | undefined> {
  try {
    const answered = await provoke();
    return answered === code
      ? undefined
      : `${code}: the cause went through with ${String(answered)}`;
  } catch (error) {
    if (isReasonError(error, code)) return undefined;
    return `${code}: came as ${reasonText(error)}`;
  }
}

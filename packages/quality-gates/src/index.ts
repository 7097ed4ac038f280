export { type BudgetGateOptions, budgetGate } from "./budget-gate.ts";
export { bruteForceFront } from "./dominance/brute-force-front.ts";
export { dominanceScore, type DominanceScoreOptions } from "./dominance/dominance-score.ts";
export {
  type AskedRegion,
  frontAgreement,
  type FrontAgreementOptions,
  type TripAnswers,
} from "./dominance/front-agreement.ts";
export { drivePath } from "./dominance/drive-path.ts";
export { randomTrial } from "./dominance/random-trial.ts";
export type {
  ClaimedRoute,
  FrontSolver,
  Trial,
  TrialArc,
  TrialNetwork,
} from "./dominance/trial.ts";
export type { Fact, Gate, Measurement } from "./gate.ts";
export { mulberry32, type Random } from "./mulberry32.ts";
export { verdictJson, verdictMarkdown, verdictText } from "./report.ts";
export { reasonText, runGates, type RunGatesOptions } from "./run-gates.ts";
export { markdownTable, textTable } from "./text-table.ts";
export { type GateResult, type GateStatus, type Verdict, verdictOf } from "./verdict.ts";

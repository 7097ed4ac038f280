export { type BudgetGateOptions, budgetGate } from "./budget-gate.ts";
export { bruteForceFront } from "./dominance/brute-force-front.ts";
export { droppedFrom, droppedRoutes, type WholeAnswer } from "./dominance/dropped-routes.ts";
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
export {
  type DieselFactors,
  emissionScore,
  type EmittingRegion,
  OFFICIAL_DIESEL,
} from "./fuel/emission-score.ts";
export { fuelScore, type OpenDriver, speedScore } from "./fuel/anchor-scores.ts";
export {
  createSteadyDriver,
  type SteadyDriver,
  type SteadyFigures,
  type SteadyTrip,
} from "./fuel/steady-driver.ts";
export { type AbsentGate, type Fact, type Gate, LEAST_SCORE, type Measurement } from "./gate.ts";
export { graphScore, type JudgedGraph } from "./graph/graph-score.ts";
export { TAG_FAMILIES, type TagFamily } from "./graph/tag-families.ts";
export { compareSamples, type SampleComparison } from "./compare-samples.ts";
export { caseScore, type JudgedCase } from "./case-score.ts";
export { type DatedFigures, freshnessScore, type UsedFigure } from "./prices/freshness-score.ts";
export {
  type PricedRegion,
  type PricedRoute,
  priceScore,
  SCALABLE_RATES,
  type ScalableRate,
} from "./prices/price-score.ts";
export { type Provocations, reasonScore } from "./reasons/reason-score.ts";
export { type PageContext, verdictHtml } from "./reports/html-page.ts";
export { escapeMarkup } from "./reports/markup.ts";
export { verdictJunit } from "./reports/junit.ts";
export {
  type RepeatedRun,
  reproducibilityScore,
  type Traces,
} from "./reproducibility/reproducibility-score.ts";
export { type GateList, selectSubsystem } from "./select-gates.ts";
export { coverageScore } from "./terrain/coverage-score.ts";
export {
  type ControlledTerrain,
  type ControlPoint,
  heightScore,
  type HeightScoreOptions,
} from "./terrain/height-score.ts";
export { type LabelledToll, PUBLISHED_TOLLS } from "./tolls/labelled-tolls.ts";
export { type TolledRegion, type TollResolver, tollScore } from "./tolls/toll-score.ts";
export { mulberry32, type Random } from "./mulberry32.ts";
export { verdictJson, verdictMarkdown, verdictText } from "./report.ts";
export { reasonText, runGates, type RunGatesOptions } from "./run-gates.ts";
export { markdownTable, textTable } from "./text-table.ts";
export {
  type GateResult,
  type GateStatus,
  type Verdict,
  verdictOf,
  type VerdictStatus,
} from "./verdict.ts";

export { distributionOf, type Distribution } from "./distribution.ts";
export { solveExactly, solveWithinOnePercent } from "./kernel-solvers.ts";
export type { OperationResult } from "./measure-operation.ts";
export { randomPairs, type TripPair } from "./random-pairs.ts";
export { type BenchmarkOptions, type BenchmarkResult, runBenchmark } from "./run-benchmark.ts";
export { scoreGates } from "./score/score-gates.ts";

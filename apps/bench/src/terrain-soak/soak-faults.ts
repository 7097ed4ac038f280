import type { TileFaultScript } from "@gradeway/test-kit";

/** Time of an attempt, the least that the settings allow. */
export const ATTEMPT_S = 1;

/**
 * Everything that can go wrong at an origin, mixed: a tenth of the requests meets a fault of its own,
 * and every so often thirty in a row fail, so that the circuit opens.
 */
export function soakFaults(seed: number): TileFaultScript {
  return {
    seed,
    rules: [
      { fault: "server-error", requests: [150, 180], period: 500 },
      { fault: "not-found", share: 0.005 },
      { fault: "forbidden", share: 0.005 },
      { fault: "too-many-requests", share: 0.005 },
      { fault: "server-error", share: 0.02 },
      { fault: "reset", share: 0.02 },
      { fault: "slow", share: 0.003 },
      { fault: "stalled", share: 0.003 },
      { fault: "cut-off", share: 0.01 },
      { fault: "shortened", share: 0.005 },
      { fault: "empty", share: 0.005 },
      { fault: "html", share: 0.005 },
      { fault: "garbage", share: 0.005 },
      { fault: "wrong-place", share: 0.005 },
      { fault: "wrong-crs", share: 0.005 },
      { fault: "two-bands", share: 0.005 },
      { fault: "wrong-size", share: 0.005 },
      { fault: "oversized", share: 0.002 },
      { fault: "redirect-elsewhere", share: 0.005 },
      { fault: "redirect-allowed", share: 0.01 },
    ],
  };
}

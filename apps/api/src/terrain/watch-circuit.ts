import type { CircuitState, ElevationSampler, LiveTerrain } from "@gradeway/terrain-tiles";

/** Live terrain with what its requests have seen of the circuit of its source. */
export interface WatchedTerrain {
  readonly live: LiveTerrain;
  /** State when a request last asked the source; undefined before the first one. */
  circuit(): CircuitState | undefined;
}

/** Notes the state of the circuit after every sample, whether it went well or not. */
export function watchCircuit(live: LiveTerrain): WatchedTerrain {
  let seen: CircuitState | undefined;
  return {
    live: {
      ...live,
      begin(options) {
        const run = live.begin(options);
        const sample: ElevationSampler["sample"] = async (lonLat, outM, sampleOptions) => {
          try {
            return await run.sampler.sample(lonLat, outM, sampleOptions);
          } finally {
            seen = run.diagnostics().circuit ?? seen;
          }
        };
        return { ...run, sampler: { ...run.sampler, sample } };
      },
    },
    circuit: () => seen,
  };
}

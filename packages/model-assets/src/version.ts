/** Version of the engine that builds regions and answers requests; part of every provenance. */
export const ENGINE_VERSION = "0.1.0";

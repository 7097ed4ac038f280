import { defineConfig } from "vitest/config";

const conditions = ["@gradeway/source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts", "tools/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    execArgv: ["--conditions=@gradeway/source"],
    pool: "forks",
  },
});

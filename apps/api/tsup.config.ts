import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "planner-worker": "src/pool/planner-worker.ts" },
  format: "esm",
  dts: { entry: { index: "src/index.ts" } },
  sourcemap: true,
  // The page is built into the same directory by another script: keep it.
  clean: ["!page/**"],
});

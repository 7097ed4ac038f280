import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "dissection-worker": "src/building/dissection-worker.ts" },
  format: "esm",
  dts: { entry: { index: "src/index.ts" } },
  sourcemap: true,
  clean: true,
});

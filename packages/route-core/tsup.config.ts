import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", search: "src/search-api.ts" },
  format: "esm",
  dts: true,
  sourcemap: true,
  clean: true,
});

import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    hierarchy: "src/hierarchy-api.ts",
    search: "src/search-api.ts",
  },
  format: "esm",
  dts: true,
  sourcemap: true,
  clean: true,
});

import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "decode-worker": "src/decode/pool/decode-worker.ts" },
  format: "esm",
  dts: { entry: { index: "src/index.ts" } },
  sourcemap: true,
  clean: true,
});

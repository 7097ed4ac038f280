import { createAcceptedFile } from "../src/index.ts";

/** Accepts manifests of twenty regions, one after another. */
const [file, name] = process.argv.slice(2);
const accepted = createAcceptedFile(file!);
for (let k = 0; k < 20; k++) {
  await accepted.write(`${name}${k}`, { sequence: 1, sha256: "a".repeat(64) });
}

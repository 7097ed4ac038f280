import { rollBack } from "../src/index.ts";

/** Goes back and forth between two versions of a home until it is killed. */
const home = process.argv[2]!;
for (let round = 0; round < 10_000; round++) {
  await rollBack(home);
  process.stdout.write(`${round}\n`);
}

import { defineCommand } from "citty";

import { ArgumentError } from "../command-arguments.ts";
import { gently } from "./gently.ts";
import { codeOf } from "./turbo-gate.ts";

/** `bench gently PROGRAM ...`: runs a program on one processor with low priority. */
export const gentlyCommand = defineCommand({
  meta: {
    name: "bench gently",
    description: "Run a program on one processor, with low priority; its exit code is handed on",
  },
  async run({ rawArgs }) {
    if (rawArgs.length === 0) throw new ArgumentError("there is no program to run");
    process.exitCode = await codeOf(await gently(rawArgs));
  },
});

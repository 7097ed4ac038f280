import { signRegion } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { invalidArgument, refuseUnknown } from "./command-arguments.ts";
import { keyIdIn, readArgumentFile } from "./trust-arguments.ts";

const args = {
  region: { type: "string", required: true, valueHint: "DIR", description: "Region directory" },
  key: {
    type: "string",
    required: true,
    valueHint: "FILE.pem",
    description: "Private Ed25519 key; `gradeway keys generate` makes one",
  },
  json: { type: "boolean", default: false, description: "Print what was signed as JSON" },
} as const;

/** `gradeway region sign` */
export const regionSign = defineCommand({
  meta: {
    name: "gradeway region sign",
    description: "Check a region and sign its manifest",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const pem = await readArgumentFile("key", given.key);
    if (!pem.includes("PRIVATE KEY")) throw invalidArgument("key", "a private key is needed");
    keyIdIn("key", pem);
    const signed = await signRegion(given.region, pem);
    if (given.json) console.log(JSON.stringify(signed));
    else {
      const { keyId, manifestSha256, keyIds } = signed;
      console.log(`signed manifest ${manifestSha256.slice(0, 16)} with the key ${keyId}`);
      if (keyIds.length > 1) console.log(`it has ${keyIds.length} signatures`);
    }
  },
});

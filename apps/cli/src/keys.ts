import { generateKeyPairSync } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";

import { keyIdOf } from "@gradeway/terrain-tiles";
import { defineCommand } from "citty";

import { invalidArgument, refuseUnknown } from "./command-arguments.ts";
import { keyIdIn, readArgumentFile } from "./trust-arguments.ts";

const generateArgs = {
  out: {
    type: "string",
    required: true,
    valueHint: "PATH",
    description: "Writes PATH.private.pem and PATH.public.pem; neither may exist",
  },
  json: { type: "boolean", default: false, description: "Print the id as JSON" },
} as const;

/** `gradeway keys generate` */
export const keysGenerate = defineCommand({
  meta: { name: "gradeway keys generate", description: "Make a pair of Ed25519 keys" },
  args: generateArgs,
  async run({ args: given }) {
    refuseUnknown(given, generateArgs);
    const { privateKey, publicKey } = generateKeyPairSync("ed25519", {
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const files = { private: `${given.out}.private.pem`, public: `${given.out}.public.pem` };
    // Readable by its owner only, from the first moment on.
    await writeNew(files.private, privateKey, 0o600);
    await writeNew(files.public, publicKey, 0o644).catch(async (error: unknown) => {
      await rm(files.private);
      throw error;
    });
    const keyId = keyIdOf(publicKey);
    if (given.json) console.log(JSON.stringify({ keyId, files }));
    else
      console.log(`key ${keyId}\n${files.private}: keep it secret\n${files.public}: give it away`);
  },
});

const idArgs = {
  key: { type: "string", required: true, valueHint: "FILE.pem", description: "Either key" },
  json: { type: "boolean", default: false, description: "Print the id as JSON" },
} as const;

/** `gradeway keys id` */
export const keysId = defineCommand({
  meta: { name: "gradeway keys id", description: "Print the id of a key, as revocations name it" },
  args: idArgs,
  async run({ args: given }) {
    refuseUnknown(given, idArgs);
    const keyId = keyIdIn("key", await readArgumentFile("key", given.key));
    console.log(given.json ? JSON.stringify({ keyId }) : keyId);
  },
});

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx", mode });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") throw invalidArgument("out", `${file} is there already`);
    if (code === "ENOENT") throw invalidArgument("out", `the directory of ${file} does not exist`);
    throw error;
  }
}

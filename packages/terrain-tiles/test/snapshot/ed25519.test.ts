import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";

import { describe, expect, it } from "vitest";

import { keyIdOf, signBytes, verifyBytes } from "../../src/index.ts";

/** RFC 8032, 7.1, test 3: a message of two bytes. The heads are the fixed DER around raw keys. */
const SEED = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";
const PUBLIC = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
const MESSAGE = Buffer.from("af82", "hex");
const SIGNATURE =
  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac" +
  "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";
const toPem = (label: string, hex: string): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(hex, "hex").toString("base64")}\n-----END ${label}-----\n`;
const privatePem = toPem("PRIVATE KEY", `302e020100300506032b657004220420${SEED}`);
const publicPem = toPem("PUBLIC KEY", `302a300506032b6570032100${PUBLIC}`);
const signature = Buffer.from(SIGNATURE, "hex").toString("base64");
const otherPem = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" });

describe("signatures", () => {
  it("are those of RFC 8032", () => {
    expect(signBytes(MESSAGE, privatePem)).toEqual({ keyId: keyIdOf(publicPem), signature });
    expect(verifyBytes(MESSAGE, signBytes(MESSAGE, privatePem), [publicPem])).toBe("valid");
  });

  it("name their key by the hash of its public half", () => {
    const der = createPublicKey(publicPem).export({ type: "spki", format: "der" });
    expect(keyIdOf(publicPem)).toBe(createHash("sha256").update(der).digest("hex"));
    expect(keyIdOf(privatePem)).toBe(keyIdOf(publicPem));
  });

  it("are not valid for other bytes, in another form, or by a key that is not trusted", () => {
    const good = { keyId: keyIdOf(publicPem), signature };
    const verdict = (bytes: Uint8Array, text: string): string =>
      verifyBytes(bytes, { ...good, signature: text }, [otherPem as string, publicPem]);
    expect(verdict(MESSAGE, signature)).toBe("valid");
    expect(verdict(Buffer.from("af83", "hex"), signature)).toBe("signature-invalid");
    for (const text of [
      "",
      "AAAA",
      signature.slice(4),
      `${signature}\n`,
      signature.toLowerCase(),
    ]) {
      expect(verdict(MESSAGE, text)).toBe("signature-invalid");
    }
    expect(verifyBytes(MESSAGE, good, [otherPem as string])).toBe("key-unknown");
    expect(verifyBytes(MESSAGE, good, [])).toBe("key-unknown");
    // A signature that names a trusted key but was made with another one.
    const named = { ...good, keyId: keyIdOf(otherPem as string) };
    expect(verifyBytes(MESSAGE, named, [otherPem as string])).toBe("signature-invalid");
  });

  it("want Ed25519 keys of the right half, and do not quote them", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const rsaPublic = rsa.publicKey.export({ type: "spki", format: "pem" }) as string;
    const rsaPrivate = rsa.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    const good = { keyId: keyIdOf(publicPem), signature };
    expect(() => signBytes(MESSAGE, rsaPrivate)).toThrow("not an Ed25519 key");
    expect(() => signBytes(MESSAGE, publicPem)).toThrow("A private key in PEM");
    expect(() => verifyBytes(MESSAGE, good, [privatePem])).toThrow("A public key in PEM");
    expect(() => verifyBytes(MESSAGE, good, [rsaPublic])).toThrow("not an Ed25519 key");
    expect(() => keyIdOf("secret rubbish")).toThrow(/^The key is not a key in PEM\.$/);
  });
});

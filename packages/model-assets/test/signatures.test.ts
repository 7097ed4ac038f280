import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { isReasonError } from "@gradeway/reason-codes";
import { keyIdOf, signBytes } from "@gradeway/terrain-tiles";
import { describe, expect, it } from "vitest";

import {
  canonicalJsonBytes,
  type LoadPolicy,
  MANIFEST_FILE,
  openRegion,
  setRate,
  SIGNATURE_FILE,
  signRegion,
} from "../src/index.ts";
import {
  buildSmallRegion,
  damage,
  editManifest,
  newKeys,
  pathOf,
  reasonOf,
  signAnyway,
  withTemporaryDirectory,
} from "./small-region.ts";

const hasOpenssl = await promisify(execFile)("openssl", ["version"]).then(
  () => true,
  () => false,
);
if (!hasOpenssl) console.warn("skipped: signatures checked by openssl (not installed)");

const open = (directory: string, policy: Partial<LoadPolicy>) =>
  reasonOf(() => openRegion(directory, { policy }));

describe("a signed region", () => {
  it("is verified with its key among several, and refused with others", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const [ours, theirs] = [newKeys(), newKeys()];
      const signed = await signRegion(directory, ours.privatePem);
      expect(signed.keyId).toBe(keyIdOf(ours.publicPem));
      const trustedKeysPem = [theirs.publicPem, ours.publicPem];
      const { signature } = await openRegion(directory, { policy: { trustedKeysPem } });
      expect(signature).toEqual({ state: "verified", keyIds: [signed.keyId] });
      expect(await open(directory, { trustedKeysPem: [theirs.publicPem] })).toBe(
        "asset_key_untrusted",
      );
      expect(await open(directory, { requireSignature: true })).toBe("asset_key_untrusted");
      const { signature: unchecked } = await openRegion(directory);
      expect(unchecked.state).toBe("unchecked");
    });
  });

  it("is refused once its key is revoked, until another key signs it", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const [old, next] = [newKeys(), newKeys()];
      const revokedKeyIds = [keyIdOf(old.publicPem)];
      const trustedKeysPem = [old.publicPem, next.publicPem];
      await signRegion(directory, old.privatePem);
      expect(await open(directory, { trustedKeysPem, revokedKeyIds })).toBe("asset_key_revoked");
      // Also by whom trusts nobody.
      expect(await open(directory, { revokedKeyIds })).toBe("asset_key_revoked");
      const { keyIds } = await signRegion(directory, next.privatePem);
      expect(keyIds).toEqual([keyIdOf(old.publicPem), keyIdOf(next.publicPem)]);
      expect(await open(directory, { trustedKeysPem, revokedKeyIds })).toBe("none");
      // Signing again replaces the key's own signature.
      expect((await signRegion(directory, next.privatePem)).keyIds).toHaveLength(2);
    });
  });

  it("is refused when its manifest was changed, whoever's name the signature bears", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const [ours, thief] = [newKeys(), newKeys()];
      const trustedKeysPem = [ours.publicPem];
      await signRegion(directory, ours.privatePem);
      await editManifest(directory, (manifest) => ({ ...manifest, sequence: 9 }));
      expect(await open(directory, { trustedKeysPem })).toBe("asset_signature_invalid");
      // A signature of another key under our key's name.
      const manifest = await readFile(join(directory, MANIFEST_FILE));
      const { signature } = signBytes(manifest, thief.privatePem);
      await editSignature(directory, () => [{ keyId: keyIdOf(ours.publicPem), signature }]);
      expect(await open(directory, { trustedKeysPem })).toBe("asset_signature_invalid");
      // Under the thief's own name.
      await signAnyway(directory, [thief.privatePem]);
      expect(await open(directory, { trustedKeysPem })).toBe("asset_key_untrusted");
    });
  });

  it("needs its signature as soon as keys are trusted, unless it is said otherwise", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const trustedKeysPem = [newKeys().publicPem];
      expect(await open(directory, { trustedKeysPem })).toBe("asset_signature_missing");
      expect(await open(directory, { requireSignature: true })).toBe("asset_signature_missing");
      expect(await open(directory, { trustedKeysPem, requireSignature: false })).toBe("none");
    });
  });

  it("loses its signature when a figure is changed, and can be signed again", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const { privatePem, publicPem } = newKeys();
      const trustedKeysPem = [publicPem];
      await signRegion(directory, privatePem);
      await setRate(directory, { id: "fuel.diesel", value: 1.5, source: "a test" });
      expect(await open(directory, { trustedKeysPem })).toBe("asset_signature_missing");
      await signRegion(directory, privatePem);
      expect(await open(directory, { trustedKeysPem })).toBe("none");
    });
  });

  it("is not signed while it is broken", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      await damage(await pathOf(directory, "routing-graph"));
      const { privatePem } = newKeys();
      expect(await reasonOf(() => signRegion(directory, privatePem))).toBe("asset_hash_mismatch");
    });
  });

  it.each([
    ["no JSON", "{"],
    ["another format", '{"format":2}'],
    ["no signatures", '{"algorithm":"ed25519","format":1,"signatures":[]}'],
    ["something else", "[]"],
    ["much too much", `"${"x".repeat(70_000)}"`],
  ])("refuses a file of signatures with %s, and signing replaces it", async (_what, text) => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const { privatePem, publicPem } = newKeys();
      await writeFile(join(directory, SIGNATURE_FILE), text);
      expect(await open(directory, {})).toBe("asset_invalid");
      await signRegion(directory, privatePem);
      expect(await open(directory, { trustedKeysPem: [publicPem] })).toBe("none");
    });
  });

  it("never tells a good signature when it refuses one", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const { privatePem, publicPem } = newKeys();
      await signRegion(directory, privatePem);
      const { signature } = signBytes(await readFile(join(directory, MANIFEST_FILE)), privatePem);
      await editSignature(directory, ([first]) => [{ ...first, signature: "A".repeat(86) + "==" }]);
      const error: unknown = await openRegion(directory, {
        policy: { trustedKeysPem: [publicPem] },
      }).catch((caught: unknown) => caught);
      if (!isReasonError(error, "asset_signature_invalid")) throw new Error("not refused");
      expect(JSON.stringify([error.toJSON(), error.stack, error.cause])).not.toContain(
        signature.slice(0, 20),
      );
    });
  });

  it.skipIf(!hasOpenssl)("verifies with openssl, too", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const { privatePem, publicPem } = newKeys();
      await signRegion(directory, privatePem);
      const file = JSON.parse(await readFile(join(directory, SIGNATURE_FILE), "utf8")) as {
        signatures: { signature: string }[];
      };
      const [key, signature] = [join(directory, "key.pem"), join(directory, "signature.bin")];
      await writeFile(key, publicPem);
      await writeFile(signature, Buffer.from(file.signatures[0]!.signature, "base64"));
      const verify = () =>
        promisify(execFile)("openssl", [
          "pkeyutl",
          "-verify",
          "-pubin",
          "-inkey",
          key,
          "-rawin",
          "-in",
          join(directory, MANIFEST_FILE),
          "-sigfile",
          signature,
        ]);
      expect((await verify()).stdout).toContain("Verified Successfully");
      await editManifest(directory, (manifest) => ({ ...manifest, sequence: 2 }));
      await expect(verify()).rejects.toThrow();
    });
  });
});

async function editSignature(
  directory: string,
  edit: (signatures: { keyId: string; signature: string }[]) => unknown,
): Promise<void> {
  const path = join(directory, SIGNATURE_FILE);
  const file = JSON.parse(await readFile(path, "utf8")) as {
    signatures: { keyId: string; signature: string }[];
  };
  const signatures = edit(file.signatures);
  await writeFile(path, canonicalJsonBytes({ ...file, signatures }));
}

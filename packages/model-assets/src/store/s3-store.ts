import { AwsV4Signer } from "aws4fetch";

import type { AssetStore } from "./asset-store.ts";
import type { HttpClient } from "./http-client.ts";
import { createHttpStore } from "./http-store.ts";

/** Keys of an account of an S3-compatible store. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Options of {@link createS3Store}. */
export interface S3StoreOptions {
  readonly bucket: string;
  /** Path of the region in the bucket. Default: the bucket itself. */
  readonly prefix?: string;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Address of a store that is not Amazon's; the bucket is the first part of its paths. */
  readonly endpoint?: URL;
  /** Without them, requests are anonymous. */
  readonly credentials?: S3Credentials;
  readonly client: HttpClient;
}

/**
 * Creates a store over an S3-compatible bucket, with requests signed by AWS Signature Version 4.
 * Redirects are refused: they would carry a signature elsewhere.
 *
 * @throws {RangeError} for a name that no bucket can have
 */
export function createS3Store(options: S3StoreOptions): AssetStore {
  const { bucket, prefix = "", region = "us-east-1", endpoint, credentials, client } = options;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new RangeError(`"${bucket}" cannot be the name of a bucket.`);
  }
  const path = prefix.replace(/^\/+|\/+$/g, "");
  const root =
    endpoint === undefined
      ? new URL(`https://${bucket}.s3.${region}.amazonaws.com/`)
      : new URL(`${endpoint.pathname.replace(/\/+$/, "")}/${bucket}/`, endpoint);
  const base = path === "" ? root : new URL(`${encodeURI(path)}/`, root);
  return createHttpStore(base, client, {
    location: `s3://${bucket}${path === "" ? "" : `/${path}`}`,
    followsRedirects: false,
    ...(credentials === undefined
      ? {}
      : { headersOf: (url) => signedHeaders(url, region, credentials, client.nowMs()) }),
  });
}

async function signedHeaders(
  url: URL,
  region: string,
  credentials: S3Credentials,
  nowMs: number,
): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const signer = new AwsV4Signer({
    url: url.href,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    service: "s3",
    region,
    // 2026-01-31T12:00:00.000Z without punctuation and milliseconds.
    datetime: new Date(nowMs).toISOString().replaceAll(/[:-]|\.\d{3}/g, ""),
  });
  const { headers } = await signer.sign();
  return Object.fromEntries(headers);
}

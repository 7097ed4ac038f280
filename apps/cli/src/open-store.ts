import {
  activeDirectory,
  type AssetStore,
  createDirectoryStore,
  createHttpClient,
  createHttpStore,
  createS3Store,
  type S3Credentials,
} from "@gradeway/model-assets";
import { createSafeFetch } from "@gradeway/terrain-tiles";

import { invalidArgument } from "./command-arguments.ts";

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The directory that a command line names as a region; undefined for an address. */
export function localDirectory(location: string): string | undefined {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(location) ? undefined : location;
}

/**
 * Opens what a command line names as a region: a directory, the active version of a region home,
 * `https://host/path`, or `s3://bucket/path`. A bucket's account, region and endpoint come from the variables that other
 * tools use: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION,
 * AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL.
 *
 * @param name - of the argument, for errors
 * @throws {ReasonError} request_invalid
 */
export async function openStore(
  name: string,
  location: string,
  environment: Environment,
): Promise<AssetStore> {
  const directory = localDirectory(location);
  if (directory !== undefined) return createDirectoryStore(await activeDirectory(directory));
  const url = URL.parse(location);
  if (url === null) throw invalidArgument(name, `${location} is not an address`);
  if (url.protocol === "s3:") return openBucket(name, url, environment);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw invalidArgument(name, `expected a directory, https:// or s3://, got ${url.protocol}`);
  }
  return createHttpStore(url, clientFor(url.host));
}

function openBucket(name: string, { host, pathname }: URL, environment: Environment): AssetStore {
  const region = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || "us-east-1";
  const address =
    environment["AWS_ENDPOINT_URL_S3"] || environment["AWS_ENDPOINT_URL"] || undefined;
  const endpoint = address === undefined ? undefined : URL.parse(address);
  if (endpoint === null) throw invalidArgument(name, "AWS_ENDPOINT_URL is not an address");
  const credentials = credentialsIn(environment);
  try {
    return createS3Store({
      bucket: host,
      prefix: decodeURI(pathname),
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials }),
      client: clientFor(endpoint?.host ?? `${host}.s3.${region}.amazonaws.com`),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidArgument(name, error.message);
  }
}

function credentialsIn(environment: Environment): S3Credentials | undefined {
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"] ?? "";
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"] ?? "";
  if (accessKeyId === "" || secretAccessKey === "") return undefined;
  const sessionToken = environment["AWS_SESSION_TOKEN"] || undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** The host was typed by the user; a redirect may lead nowhere else. */
function clientFor(host: string) {
  const fetch = createSafeFetch({ allowedHosts: [host], allowLoopback: "named" });
  return createHttpClient({ fetch });
}

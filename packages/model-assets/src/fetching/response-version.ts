import type { RemoteVersion } from "./download-state.ts";

/** Which version of a file an answer with the whole file brings. */
export function versionOf({ headers }: Response): RemoteVersion {
  const length = headers.get("content-length");
  return {
    etag: headers.get("etag"),
    lastModified: headers.get("last-modified"),
    totalBytes: length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null,
  };
}

/**
 * What If-Range may be asked with: a strong entity tag, or a date (RFC 9110, 13.1.5). Undefined when
 * the server gives neither; the rest of such a file cannot be asked for.
 */
export function validatorOf(version: RemoteVersion | undefined): string | undefined {
  if (version === undefined) return undefined;
  const { etag, lastModified } = version;
  return etag !== null && !etag.startsWith("W/") ? etag : (lastModified ?? undefined);
}

/** The part that an answer with status 206 brings; undefined when it does not say so properly. */
export function contentRangeOf({
  headers,
}: Response): { readonly first: number; readonly totalBytes: number } | undefined {
  const match = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15})$/.exec(headers.get("content-range") ?? "");
  return match === null ? undefined : { first: Number(match[1]), totalBytes: Number(match[2]) };
}

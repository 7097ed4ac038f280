import { createHash } from "node:crypto";

/** Strong entity tag of a body: its SHA-256. */
export function entityTag(body: string | Uint8Array): string {
  return `"${createHash("sha256").update(body).digest("hex")}"`;
}

/** Tells whether an `If-None-Match` header names the tag (weak and strong forms alike). */
export function matchesEntityTag(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) {
    return false;
  }
  return ifNoneMatch
    .split(",")
    .map((item) => item.trim().replace(/^W\//, ""))
    .some((item) => item === "*" || item === tag);
}

/**
 * Answers with the body and its tag, or with 304 when the client already holds it.
 *
 * @param tag - where it is known already
 */
export function taggedResponse(
  request: Request,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  tag = entityTag(body),
): Response {
  const shared = { "cache-control": "no-cache", ...headers, etag: tag };
  return matchesEntityTag(request.headers.get("if-none-match"), tag)
    ? new Response(null, { status: 304, headers: { etag: tag, "cache-control": "no-cache" } })
    : new Response(body, { headers: shared });
}

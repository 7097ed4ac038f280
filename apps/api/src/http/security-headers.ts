import type { MiddlewareHandler } from "hono";

/**
 * Hash of the one inline style sheet the page needs: the chart library writes it into its SVG. The
 * browser test fails with the right value when an update of the library changes it.
 */
const CHART_STYLE_HASH = "'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww='";

/** What the page may do: everything from its own origin only; the map's worker included. */
export const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  `style-src 'self' ${CHART_STYLE_HASH}`,
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const API_CSP = "default-src 'none'; frame-ancestors 'none'";

/** Sets the headers that keep a browser from doing more with an answer than was meant. */
export function securityHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-resource-policy", "same-origin");
    if (!headers.has("content-security-policy")) {
      headers.set("content-security-policy", API_CSP);
    }
  };
}

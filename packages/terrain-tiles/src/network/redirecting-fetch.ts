import { assertHostAllowed } from "../sources/allowed-hosts.ts";
import type { Fetch } from "../sources/fetch-tile.ts";

/** Redirects that are followed before a request is given up. */
const MAX_REDIRECTS = 3;
const REDIRECT_STATUS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Headers that are meant for one origin and must not travel to another. */
const PRIVATE_HEADERS: readonly string[] = ["authorization", "cookie", "proxy-authorization"];

/**
 * Lets a fetch follow redirects to listed hosts, three at most; each hop is checked before it is
 * asked. With `redirect: "manual"` they are handed back, with `"error"` they fail.
 *
 * @param fetchHop - sends one request; it is told not to follow redirects
 */
export function createRedirectingFetch(fetchHop: Fetch, allowedHosts: readonly string[]): Fetch {
  return async (address, init) => {
    const { redirect = "follow" } = init;
    let url = new URL(address);
    const headers = new Headers(init.headers);
    for (let hops = 0; ; hops += 1) {
      assertHostAllowed(url, allowedHosts);
      const response = await fetchHop(url.href, { ...init, headers, redirect: "manual" });
      const location = response.headers.get("location");
      const isRedirect = REDIRECT_STATUS.has(response.status) && location !== null;
      if (!isRedirect || redirect === "manual") return response;
      // The connection is free again only when nobody waits for the body.
      await response.body?.cancel();
      if (redirect === "error") throw fetchFailed(`${url.host} answered with a redirect`);
      const next = URL.parse(location, url.href);
      if (next === null) throw fetchFailed(`${url.host} redirects to an address that is none`);
      // Checked before the count, so that a forbidden target is named as such.
      assertHostAllowed(next, allowedHosts);
      if (hops === MAX_REDIRECTS) throw fetchFailed(`more than ${MAX_REDIRECTS} redirects`);
      if (next.origin !== url.origin) for (const name of PRIVATE_HEADERS) headers.delete(name);
      url = next;
    }
  };
}

/** The platform reports every failure to get an answer in this form. */
function fetchFailed(problem: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(problem) });
}

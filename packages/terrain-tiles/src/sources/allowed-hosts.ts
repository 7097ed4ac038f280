import { ReasonError } from "@gradeway/reason-codes";

/** Host of the public bucket of elevation tiles. */
export const DEFAULT_ALLOWED_HOSTS: readonly string[] = ["s3.amazonaws.com"];

/**
 * Checks that tiles may be fetched from the host of an address: the host must be listed, and the
 * scheme must be https unless the host is the machine itself.
 *
 * @param allowedHosts - `example.org` is that host on its standard port, `example.org:8443` that
 *   host on another port, `.example.org` every host below it; an empty list allows nothing
 * @throws {ReasonError} `terrain_host_not_allowed`
 */
export function assertHostAllowed(url: URL, allowedHosts: readonly string[]): void {
  const host = url.host;
  const isListed = allowedHosts.some((entry) => {
    const allowed = entry.trim().toLowerCase();
    return allowed.startsWith(".") && allowed.length > 1
      ? host.endsWith(allowed)
      : host === allowed;
  });
  if (!isListed) throw hostNotAllowed(host, "the host is not on the list");
  const isSecure = url.protocol === "https:";
  if (!isSecure && !(url.protocol === "http:" && isLoopbackName(url.hostname))) {
    throw hostNotAllowed(host, `${url.protocol} is allowed for this machine only`);
  }
}

/** Builds the error for a host that tiles may not come from. */
export function hostNotAllowed(host: string, problem: string): ReasonError {
  return new ReasonError(
    "terrain_host_not_allowed",
    `Elevation tiles may not be fetched from "${host}": ${problem}.`,
    { host },
  );
}

/** Tells whether a host of a URL is this machine by its very name. */
export function isLoopbackName(hostname: string): boolean {
  // The URL parser has already brought addresses into their one canonical form.
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

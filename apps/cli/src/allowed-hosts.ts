import { DEFAULT_ALLOWED_HOSTS } from "@gradeway/terrain-tiles";

/** Whether a text names something on the web and not a directory. */
export function isWebAddress(text: string): boolean {
  // A forgotten scheme must be reported as such, not as a directory that does not exist.
  return text.includes("{z}") || /^[a-z][a-z0-9+.-]+:\/\//i.test(text);
}

/** Hosts of a comma list. */
export function hostsIn(list: string): readonly string[] {
  return list
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
}

/** Hosts that tiles may come from: the built-in ones or those of the environment, and more. */
export function tileHosts(
  more = "",
  environment: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  const listed = hostsIn(environment["LIVE_TERRAIN_ALLOWED_HOSTS"] ?? "");
  return [...(listed.length > 0 ? listed : DEFAULT_ALLOWED_HOSTS), ...hostsIn(more)];
}

/** Whether a host of a list, with its port, is this machine under a name of its own. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|\[::1\]|127\.\d+\.\d+\.\d+)(?::\d+)?$/.test(host);
}

import { readFile } from "node:fs/promises";

/**
 * The most memory this process held. Linux keeps `maxRSS` over an exec, so that a child of a large
 * process would report its parent; VmHWM is the child's own.
 */
export async function peakRssMb(): Promise<number> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return (kib === undefined ? process.resourceUsage().maxRSS : Number(kib)) / 1024;
}

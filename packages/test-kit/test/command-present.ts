import { spawnSync } from "node:child_process";

/** Lets a test skip where an outside oracle, such as GDAL, is not installed. */
export function isCommandPresent(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

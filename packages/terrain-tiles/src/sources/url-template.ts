import { ReasonError } from "@gradeway/reason-codes";

import type { TileId } from "../tile-id.ts";
import { assertHostAllowed } from "./allowed-hosts.ts";

/** Address of the public bucket of elevation tiles. */
export const DEFAULT_URL_TEMPLATE =
  "https://s3.amazonaws.com/elevation-tiles-prod/geotiff/{z}/{x}/{y}.tif";

/** A URL template that was checked. */
export interface UrlTemplate {
  /** Host with its port, when that is not the standard one. */
  readonly host: string;
  /** Address of one tile. */
  expand(id: TileId): URL;
}

/**
 * Checks a URL template with the places `{z}`, `{x}` and `{y}`, which must stand behind the host.
 *
 * @throws {ReasonError} `terrain_dem_asset_unavailable` when it is not a usable template;
 *   `terrain_host_not_allowed` when its host may not be used
 */
export function parseUrlTemplate(template: string, allowedHosts: readonly string[]): UrlTemplate {
  // Without its query and credentials, so that no secret reaches a message.
  const shown = template.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
  const refuse = (problem: string): ReasonError =>
    new ReasonError(
      "terrain_dem_asset_unavailable",
      `"${shown}" is not a usable URL template of elevation tiles: ${problem}`,
      { source: shown, problem },
    );
  for (const place of ["{z}", "{x}", "{y}"]) {
    if (!template.includes(place)) throw refuse(`it has no ${place}.`);
  }
  const parsed = URL.parse(template);
  if (parsed === null) throw refuse("it is not an absolute URL.");
  // The numbers of a tile must never choose the host, which is checked only once.
  if (/[{}]/.test(parsed.host)) throw refuse("its host holds a placeholder.");
  if (parsed.username !== "" || parsed.password !== "") throw refuse("it holds credentials.");
  assertHostAllowed(parsed, allowedHosts);
  return {
    host: parsed.host,
    expand: ({ z, x, y }) =>
      new URL(
        template
          .replaceAll("{z}", String(z))
          .replaceAll("{x}", String(x))
          .replaceAll("{y}", String(y)),
      ),
  };
}

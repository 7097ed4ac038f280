import { ReasonError } from "@gradeway/reason-codes";
import { DEFAULT_VEHICLE } from "@gradeway/route-core";
import type { Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";
import { taggedResponse } from "../http/entity-tag.ts";
import { requireRegion } from "./require-region.ts";

const TILE_NAME = /^(\d{1,8})\.mvt$/;
const COLUMN_NAME = /^\d{1,8}$/;

/** `GET /region`, `GET /assets` and the road tiles. */
export function addRegionRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get("/region", (context) => {
    const { summary, demo } = requireRegion(context);
    const body = {
      ...summary,
      defaultVehicle: DEFAULT_VEHICLE,
      ...(demo === undefined ? {} : { demo }),
    };
    return taggedResponse(context.req.raw, JSON.stringify(body), {
      "content-type": "application/json",
    });
  });

  app.get("/assets", (context) => {
    const activation = deps.activation?.();
    const body = {
      ...requireRegion(context).assets(),
      ...(activation === undefined ? {} : { activation }),
    };
    // Ages change with the day, so the same address soon has another answer.
    return context.json(body, 200, { "cache-control": "no-store" });
  });

  app.get("/tiles/roads/:z/:x/:name", (context) => {
    const { z, x, name } = context.req.param();
    const row = TILE_NAME.exec(name)?.[1];
    if (row === undefined || !COLUMN_NAME.test(x) || !COLUMN_NAME.test(z)) {
      throw new ReasonError("not_found", "A tile's address is /tiles/roads/{z}/{x}/{y}.mvt.", {});
    }
    const tile = requireRegion(context).roads.tile(Number(z), Number(x), Number(row));
    if (tile === "outside_pyramid") {
      throw new ReasonError("not_found", `There is no tile ${z}/${x}/${row}.`, {});
    }
    return tile === "empty"
      ? new Response(null, { status: 204, headers: { "cache-control": "no-cache" } })
      : taggedResponse(context.req.raw, tile, {
          "content-type": "application/vnd.mapbox-vector-tile",
        });
  });
}

import type { RoadFeature } from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import { createRoadTiles } from "../src/index.ts";
import { createTestApp } from "./app-fixture.ts";
import { crossing, fakeRoads } from "./fake-network.ts";

function addressOf([lon, lat]: readonly [number, number], z: number): [number, number, number] {
  const span = 2 ** z;
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [z, Math.floor(((lon + 180) / 360) * span), Math.floor(y * span)];
}

function text(tile: Uint8Array | string): string {
  return typeof tile === "string" ? tile : new TextDecoder("latin1").decode(tile);
}

describe("createRoadTiles", () => {
  const tiles = createRoadTiles(fakeRoads());

  it("writes class, structure and toll into the layer roads", () => {
    const tile = text(tiles.tile(...addressOf(crossing(11, 5), 12)));
    for (const word of [
      "roads",
      "class",
      "structure",
      "toll",
      "motorway",
      "residential",
      "tunnel",
    ]) {
      expect(tile).toContain(word);
    }
  });

  it("leaves minor roads out of small scales", () => {
    const tile = text(tiles.tile(...addressOf(crossing(11, 5), 10)));
    expect(tile).toContain("motorway");
    expect(tile).not.toContain("residential");
  });

  it("tells empty tiles from impossible ones", () => {
    expect(tiles.tile(14, 0, 0)).toBe("empty");
    expect(tiles.tile(15, 0, 0)).toBe("outside_pyramid");
    expect(tiles.tile(3, 8, 0)).toBe("outside_pyramid");
  });

  it("reads no road before the first tile, and then each road once for all levels", () => {
    let reads = 0;
    function* counted(): Generator<RoadFeature> {
      reads++;
      yield* fakeRoads();
    }
    const once = createRoadTiles(counted());
    expect(reads).toBe(0);
    for (const z of [12, 10, 8]) {
      expect(text(once.tile(...addressOf(crossing(11, 5), z)))).toContain("motorway");
    }
    expect(reads).toBe(1);
  });
});

describe("GET /tiles/roads", () => {
  const { app } = createTestApp();
  const address = `/tiles/roads/${addressOf(crossing(11, 5), 12).join("/")}.mvt`;

  it("serves tiles with a tag", async () => {
    const response = await app.request(address);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/vnd.mapbox-vector-tile");
    const etag = response.headers.get("etag") ?? "";
    const again = await app.request(address, { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
  });

  it("answers 204 where no road is and 404 where no tile is", async () => {
    expect((await app.request("/tiles/roads/14/0/0.mvt")).status).toBe(204);
    for (const path of ["99/0/0.mvt", "3/9/0.mvt", "3/0/0.png", "a/0/0.mvt", "1/-1/0.mvt"]) {
      expect((await app.request(`/tiles/roads/${path}`)).status).toBe(404);
    }
  });
});

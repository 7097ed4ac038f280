import { fromArrayBuffer } from "geotiff";
import { describe, expect, it } from "vitest";

import {
  playTileFaults,
  startLoopbackTileServer,
  TILE_FAULT_NAMES,
  tileFault,
  type TileFaultName,
  type TileFaultScene,
  type TileFaultScript,
  type TileId,
  writeTerrainTile,
} from "../src/index.ts";

const TILE: TileId = { z: 11, x: 5, y: 6 };
const SCENE: TileFaultScene = { slowMs: 300, retryAfterS: 7, elsewhere: "http://127.0.0.1:1" };

/** What a plain client sees of a fault. */
interface Met {
  /** Name of the error, when there was no answer, and when there was one without a whole body. */
  readonly failed?: string;
  readonly bodyFailed?: string;
  readonly status?: number;
  readonly headers?: Headers;
  readonly body?: Uint8Array;
  /** Whether the body is the tile. */
  readonly isWhole?: boolean;
  readonly tookMs?: number;
}

async function meet(fault: TileFaultName, patienceMs = 60_000): Promise<Met> {
  const whole = writeTerrainTile(TILE, () => 7);
  const server = await startLoopbackTileServer({
    tiles: new Map([["11/5/6", whole]]),
    faults: () => tileFault(fault, TILE, SCENE),
  });
  try {
    const startedAtMs = performance.now();
    const url = server.urlTemplate.replace("{z}/{x}/{y}", "11/5/6");
    const failed = (error: unknown): string => (error as Error).name;
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { redirect: "manual", signal }).catch(failed);
    if (typeof response === "string") return { failed: response };
    const body = await response.bytes().catch(failed);
    return {
      status: response.status,
      headers: response.headers,
      ...(typeof body === "string" ? { bodyFailed: body } : { body }),
      isWhole: typeof body !== "string" && Buffer.from(body).equals(Buffer.from(whole)),
      tookMs: performance.now() - startedAtMs,
    };
  } finally {
    await server.close();
  }
}

describe("named faults", () => {
  it.concurrent.each([
    ["not-found", 404],
    ["forbidden", 403],
    ["too-many-requests", 429],
    ["server-error", 500],
    ["redirect-elsewhere", 302],
    ["redirect-allowed", 302],
  ] as const)("%s answers with %d", async (fault, status) => {
    const { headers, ...met } = await meet(fault);
    expect(met.status).toBe(status);
    if (fault === "too-many-requests") expect(headers?.get("retry-after")).toBe("7");
    const location = headers?.get("location");
    if (fault === "redirect-elsewhere") {
      expect(location).toBe("http://127.0.0.1:1/geotiff/11/5/6.tif");
    }
    if (fault === "redirect-allowed") expect(location).toBe("/moved/geotiff/11/5/6.tif");
  });

  it.concurrent("break the connection, the body or the patience of a client", async () => {
    expect(await meet("reset")).toEqual({ failed: "TypeError" });
    expect(await meet("cut-off")).toMatchObject({ status: 200, bodyFailed: "TypeError" });
    expect(await meet("stalled", 4_000)).toMatchObject({ status: 200, bodyFailed: "TimeoutError" });
    const slow = await meet("slow");
    expect(slow).toMatchObject({ status: 200, isWhole: true });
    expect(slow.tookMs).toBeGreaterThanOrEqual(300);
  });

  it.concurrent.each([
    ["shortened", 600, 600],
    ["empty", 0, 0],
    ["html", 10, 200],
    ["garbage", 5000, 5000],
    ["oversized", 9_000_000, 10_000_000],
  ] as const)("%s is a whole answer of another size", async (fault, least, most) => {
    const { status, body, isWhole } = await meet(fault);
    expect({ status, isWhole }).toEqual({ status: 200, isWhole: false });
    expect(body?.length).toBeGreaterThanOrEqual(least);
    expect(body?.length).toBeLessThanOrEqual(most);
  });

  it.concurrent.each([
    ["wrong-place", { x: 6 }],
    ["wrong-crs", { epsg: 32_631 }],
    ["two-bands", { bands: 2 }],
    ["wrong-size", { sizePx: 256 }],
  ] as const)("%s is a valid tile that is wrong in this only", async (fault, difference) => {
    const { body } = await meet(fault);
    const image = await (await fromArrayBuffer(new Uint8Array(body!).buffer)).getImage();
    const tileM = 40_075_016.685_578_49 / 2 ** 11;
    const heights = (await image.readRasters()) as unknown as readonly Int16Array[];
    expect({
      x: Math.round((image.getOrigin()[0]! + 20_037_508.34) / tileM),
      epsg: image.getGeoKeys()?.ProjectedCSTypeGeoKey as unknown,
      bands: image.getSamplesPerPixel(),
      sizePx: image.getWidth(),
    }).toEqual({ x: 5, epsg: 3857, bands: 1, sizePx: 512, ...difference });
    for (const band of heights) expect(new Set(band)).toEqual(new Set([8888]));
  });
});

describe("a script of faults", () => {
  const ask = (script: TileFaultScript, tiles: readonly TileId[], path = "/geotiff/") => {
    const player = playTileFaults(script, SCENE);
    return {
      player,
      met: tiles.map((tile, request) => player.faults(request, tile, path)?.status),
    };
  };
  const tilesOf = (...ys: number[]): TileId[] => ys.map((y) => ({ ...TILE, y }));

  it("takes the first rule that applies to tile, attempt and request", () => {
    const { met, player } = ask(
      {
        seed: 1,
        rules: [
          { fault: "forbidden", tiles: ["11/5/1"] },
          { fault: "server-error", attempts: [0, 1] },
          { fault: "not-found", requests: [1, 2], period: 4 },
        ],
      },
      tilesOf(1, 2, 2, 2, 1, 2, 3),
    );
    expect(met).toEqual([403, 500, undefined, undefined, 403, 404, 500]);
    expect(Object.fromEntries(player.counts())).toEqual({
      forbidden: 2,
      "server-error": 2,
      "not-found": 1,
    });
  });

  it("meets a share of the requests, whatever their order, as the seed says", () => {
    const rules = [{ fault: "server-error", share: 0.3 }] as const;
    const inOrder = Array.from({ length: 2000 }, (_, at) => at % 20);
    const shuffled = inOrder.toSorted((a, b) => ((a * 7) % 20) - ((b * 7) % 20));
    const perTile = (ys: readonly number[], seed: number): string => {
      const { met } = ask({ seed, rules }, tilesOf(...ys));
      const byTile = new Map<number, string>();
      for (const [at, y] of ys.entries()) byTile.set(y, `${byTile.get(y) ?? ""}${met[at] ?? "-"}`);
      return JSON.stringify([...byTile].toSorted(([a], [b]) => a - b));
    };
    expect(perTile(inOrder, 1)).toBe(perTile(shuffled, 1));
    expect(perTile(inOrder, 1)).not.toBe(perTile(inOrder, 2));
    const { met } = ask({ seed: 1, rules }, tilesOf(...inOrder));
    const share = met.filter((status) => status === 500).length / 2000;
    expect(share).toBeGreaterThan(0.26);
    expect(share).toBeLessThan(0.34);
  });

  it("leaves what a redirect leads to alone", () => {
    const script = { seed: 1, rules: [{ fault: "redirect-allowed" }] } as const;
    expect(ask(script, [TILE]).met).toEqual([302]);
    expect(ask(script, [TILE], "/moved/geotiff/").met).toEqual([undefined]);
  });

  it("knows every fault by name", () => {
    for (const fault of TILE_FAULT_NAMES) {
      const { player } = ask({ seed: 1, rules: [{ fault }] }, [TILE]);
      expect(player.counts().get(fault)).toBe(1);
    }
  });
});

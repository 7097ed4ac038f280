import {
  ALL_TABLES,
  type AssetTables,
  classifiedVehicle,
  resolveToll,
} from "@gradeway/model-assets";
import { describe, expect, it } from "vitest";

import { type LabelledToll, PUBLISHED_TOLLS, type TollResolver, tollScore } from "../src/index.ts";
import { judged } from "./judged.ts";

type Tariffs = AssetTables["toll-tariffs"];

const resolverOf =
  (tariffs: Tariffs): TollResolver =>
  ({ facility, vehicle, on, currency, account }: LabelledToll) => {
    const row = ALL_TABLES["vehicle-profiles"].find(({ id }) => id === vehicle)!;
    const accounts = account === undefined ? [] : [account];
    const query = { on, currency, vehicle: classifiedVehicle(row), accounts };
    const outcome = resolveToll(tariffs, facility, query);
    return "amount" in outcome ? outcome.amount : undefined;
  };

const scored = (resolve: TollResolver) =>
  judged(tollScore(async () => ({ passages: PUBLISHED_TOLLS, resolve })));

const tariffs = ALL_TABLES["toll-tariffs"];
const product = resolverOf(tariffs);

/** The classes of the Envalira tunnel with two and with more axles changed over. */
const flipped: Tariffs = tariffs.map((row) => {
  if (row.facility !== "ad-envalira" || row.vehicles.axles === undefined) return row;
  const axles = row.vehicles.axles.to === undefined ? { to: 2 } : { above: 2 };
  return { ...row, vehicles: { ...row.vehicles, axles } };
});

describe("tollScore", () => {
  it("gives the shipped tariffs 100", async () => {
    const result = await scored(product);
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({
      status: "pass",
      score: 100,
      facts: { precision: 1, recall: 1, meanAmountErrorPercent: 0 },
    });
  });

  it.each([
    ["flipped classes", resolverOf(flipped), /ad-envalira, artic-40t/],
    [
      "a tariff that was lost",
      resolverOf(tariffs.filter(({ facility }) => facility !== "gb-itchen-bridge")),
      /gb-itchen-bridge.*no price, published is 40/,
    ],
    [
      "a guess where there is no one price",
      (passage: LabelledToll) => product(passage) ?? 8.4,
      /gb-dartford.*8.4, published is no one price/,
    ],
    ["everything free", () => 0, /0, published is/],
    [
      "a free passage that nobody knows",
      (passage: LabelledToll) => (passage.facility === "gb-severn" ? undefined : product(passage)),
      /gb-severn.*no price, published is 0/,
    ],
    [
      "tolls one per cent too high",
      (passage: LabelledToll) => {
        const amount = product(passage);
        return amount === undefined ? undefined : 1.01 * amount;
      },
      /published is/,
    ],
  ] satisfies [string, TollResolver, RegExp][])("catches %s", async (_, resolve, failure) => {
    const result = await scored(resolve);
    expect(result.status).toBe("fail");
    expect(result.failures).toContainEqual(expect.stringMatching(failure));
  });

  it("cannot measure without a priced passage", async () => {
    const passages = PUBLISHED_TOLLS.filter(({ amount }) => amount === null);
    const gate = tollScore(async () => ({ passages, resolve: () => undefined }));
    expect(await judged(gate)).toMatchObject({ status: "not_measured" });
  });
});

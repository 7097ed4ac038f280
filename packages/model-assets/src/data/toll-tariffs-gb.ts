import type { TollTariffRow } from "../schemas/toll-tariffs.ts";
import type { VehicleClass } from "../schemas/vehicle-class.ts";
import {
  HUMBER_BRIDGE,
  ITCHEN_BRIDGE,
  MERSEY_GATEWAY,
  MERSEY_TUNNELS,
  SEVERN,
  TYNE_TUNNELS,
} from "./sources.ts";
import { passage } from "./toll-row.ts";

const LIGHT: VehicleClass = { grossT: { to: 3.5 } };
const HEAVY: VehicleClass = { grossT: { above: 3.5 } };

const humber = { ...HUMBER_BRIDGE, provenance: "official" } as const;
const beforeBooths = { ...humber, validFrom: "2012-04-01", validTo: "2026-01-30" } as const;
const afterBooths = {
  ...humber,
  validFrom: "2026-01-31",
  reference: "https://www.bbc.co.uk/news/articles/c78exergxndo",
} as const;
/** What parts vans and lorries at the bridge is not in the sources. */
const HUMBER_VAN_CLASS = "The mass from which a van counts as a large one is from memory.";
const LARGE_VAN: VehicleClass = { grossT: { above: 3.5, to: 7.5 } };
const LORRY: VehicleClass = { grossT: { above: 7.5 } };

const HUMBER: readonly TollTariffRow[] = [
  passage("gb-humber-bridge", "hgv", LORRY, 12, beforeBooths),
  passage("gb-humber-bridge", "hgv.account", LORRY, 10.8, beforeBooths, { account: "humber" }),
  passage("gb-humber-bridge", "hgv", LORRY, 15, afterBooths),
  passage("gb-humber-bridge", "hgv.account", LORRY, 12, afterBooths, { account: "humber" }),
  ...(
    [
      ["van", LIGHT, 2, 1.5],
      ["large-van", LARGE_VAN, 5, 4],
    ] as const
  ).flatMap(([name, vehicles, cash, account]) => {
    const origin = { ...afterBooths, provenance: "assumed", note: HUMBER_VAN_CLASS } as const;
    return [
      passage("gb-humber-bridge", name, vehicles, cash, origin),
      passage("gb-humber-bridge", `${name}.account`, vehicles, account, origin, {
        account: "humber",
      }),
    ];
  }),
];

/** Prepaid accounts pay 10 % less; the tolls of class 2 and class 3 by year. */
const TYNE: readonly TollTariffRow[] = (
  [
    [
      "2023-05-01",
      "2024-04-30",
      2.2,
      4.4,
      "https://www.itv.com/news/tyne-tees/2023-04-25/tunnel-toll-set-to-increase-by-up-to-50p-from-next-week",
    ],
    [
      "2024-05-01",
      "2025-04-30",
      2.4,
      4.8,
      "https://www.itv.com/news/tyne-tees/2024-05-01/tyne-tunnel-tolls-increase-from-today",
    ],
    [
      "2025-05-01",
      "2026-04-30",
      2.5,
      5,
      "https://hellorayo.co.uk/greatest-hits/north-east/news/tyne-tunnels-price-rise",
    ],
    ["2026-05-01", undefined, 2.6, 5.2, "https://www.bbc.co.uk/news/articles/c1evxxvqx2lo"],
  ] as const
).flatMap(([validFrom, validTo, class2, class3, reference]) =>
  (
    [
      ["class-2", LIGHT, class2],
      ["class-3", HEAVY, class3],
    ] as const
  ).flatMap(([name, vehicles, value]) => {
    const origin = { ...TYNE_TUNNELS, reference, validFrom, validTo } as const;
    const account = { account: "tt2" } as const;
    return [
      passage("gb-tyne-tunnels", name, vehicles, value, { ...origin, provenance: "official" }),
      passage(
        "gb-tyne-tunnels",
        `${name}.account`,
        vehicles,
        Math.round(value * 90) / 100,
        { ...origin, provenance: "derived", note: "10 % less than without an account." },
        account,
      ),
    ];
  }),
);

const merseyGateway = {
  ...MERSEY_GATEWAY,
  validFrom: "2025-04-01",
  provenance: "official",
} as const;

const MERSEY_BRIDGES: readonly TollTariffRow[] = (
  [
    ["class-2", LIGHT, 2.4, 2.3, 2.15],
    ["class-3", { grossT: { above: 3.5, to: 12 } }, 7.2, 6.85, 6.5],
    ["class-4", { grossT: { above: 12 } }, 9.6, 9.1, 8.65],
  ] as const
).flatMap(([name, vehicles, unregistered, video, sticker]) => [
  passage("gb-mersey-gateway", name, vehicles, unregistered, merseyGateway),
  passage("gb-mersey-gateway", `${name}.video`, vehicles, video, merseyGateway, {
    account: "merseyflow-video",
  }),
  passage("gb-mersey-gateway", `${name}.sticker`, vehicles, sticker, merseyGateway, {
    account: "merseyflow-sticker",
  }),
]);

const merseyTunnels = {
  ...MERSEY_TUNNELS,
  validFrom: "2024-04-01",
  provenance: "official",
} as const;

const MERSEY_TUNNEL_ROWS: readonly TollTariffRow[] = (
  [
    ["class-1", LIGHT, 2.1, 2.1],
    ["class-2", { grossT: { above: 3.5 }, axles: { to: 2 } }, 4.2, 3.4],
    ["class-3", { grossT: { above: 3.5 }, axles: { above: 2, to: 3 } }, 6.3, 5.1],
    ["class-4", { grossT: { above: 3.5 }, axles: { above: 3 } }, 8.4, 6.8],
  ] as const
).flatMap(([name, vehicles, card, account]) => [
  passage("gb-mersey-tunnels", name, vehicles, card, merseyTunnels),
  passage("gb-mersey-tunnels", `${name}.account`, vehicles, account, merseyTunnels, {
    account: "t-flow",
  }),
]);

const itchen = {
  ...ITCHEN_BRIDGE,
  provenance: "official",
  note: "The bridge parts the classes by the height above the first axle (2.39 m), this row by mass.",
} as const;

/** Flat tolls of the crossings that cost the same at every hour. */
export const TOLL_TARIFFS_GB: readonly TollTariffRow[] = [
  ...HUMBER,
  ...TYNE,
  ...MERSEY_BRIDGES,
  ...MERSEY_TUNNEL_ROWS,
  passage("gb-itchen-bridge", "class-4", HEAVY, 40, { ...itchen, validFrom: "2024-02-10" }),
  passage("gb-itchen-bridge", "class-3", LIGHT, 1.4, {
    ...itchen,
    reference: "https://www.southampton.gov.uk/travel-transport/apply-pay/itchen-bridge/",
    validFrom: "2019-06-17",
  }),
  passage("gb-severn", "free", {}, 0, {
    ...SEVERN,
    validFrom: "2018-12-17",
    provenance: "official",
  }),
];

import type { ZoneChargeRow } from "../schemas/zone-charges.ts";
import { HGV_LEVY } from "./hgv-levy.ts";
import { CLEAN_AIR_ZONES, SCOTTISH_ZONES } from "./sources.ts";
import { ZONE_CHARGES_LONDON } from "./zone-charges-london.ts";
import { HGV_BELOW_6, VAN_BELOW_6, type ZoneOrigin, zoneRule } from "./zone-rule.ts";

/** Clean air zones of England: start of the charge, pounds for heavy goods vehicles and for vans. */
const CLEAN_AIR: readonly (readonly [
  zone: string,
  name: string,
  hgvFrom: string,
  hgv: number,
  van?: readonly [from: string, value: number],
])[] = [
  ["bath-caz", "Bath", "2021-03-15", 100, ["2021-03-15", 9]],
  ["birmingham-caz", "Birmingham", "2021-06-01", 50, ["2021-06-01", 8]],
  ["bradford-caz", "Bradford", "2022-09-26", 50, ["2022-09-26", 9]],
  ["portsmouth-caz", "Portsmouth", "2021-11-29", 50],
  ["bristol-caz", "Bristol", "2022-11-28", 100, ["2022-11-28", 9]],
  ["sheffield-caz", "Sheffield", "2023-02-27", 50, ["2023-02-27", 10]],
  ["tyneside-caz", "Newcastle and Gateshead", "2023-01-30", 50, ["2023-07-17", 12.5]],
];

const cleanAirRows = CLEAN_AIR.flatMap(([zone, name, hgvFrom, hgv, van]) => {
  const official = (validFrom: string): ZoneOrigin => ({
    ...CLEAN_AIR_ZONES,
    validFrom,
    provenance: "official",
  });
  const rows = [
    zoneRule(
      zone,
      "hgv",
      { name, effect: "charge", vehicles: HGV_BELOW_6, value: hgv },
      official(hgvFrom),
    ),
  ];
  if (van !== undefined) {
    const [from, value] = van;
    rows.push(
      zoneRule(
        zone,
        "van",
        { name, effect: "charge", vehicles: VAN_BELOW_6, value },
        official(from),
      ),
    );
  }
  return rows;
});

const SCOTTISH: readonly ZoneChargeRow[] = (
  [
    ["glasgow-lez", "Glasgow", "2023-06-01"],
    ["dundee-lez", "Dundee", "2024-05-30"],
    ["aberdeen-lez", "Aberdeen", "2024-06-01"],
    ["edinburgh-lez", "Edinburgh", "2024-06-01"],
  ] as const
).map(([zone, name, from]) =>
  zoneRule(
    zone,
    "diesel",
    {
      name: `${name} low emission zone`,
      effect: "ban",
      vehicles: { euroClass: { below: 6 }, energy: "diesel" },
      value: 60,
    },
    { ...SCOTTISH_ZONES, validFrom: from, provenance: "official" },
  ),
);

/** Emission, safety and charging zones of Great Britain. */
export const ZONE_CHARGES_GB: readonly ZoneChargeRow[] = [
  ...cleanAirRows,
  ...ZONE_CHARGES_LONDON,
  ...SCOTTISH,
  ...HGV_LEVY,
];

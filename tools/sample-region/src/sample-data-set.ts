import { type AssetTables, DEFAULT_TABLES } from "@gradeway/model-assets";

import type { SampleTollFacility } from "./generate-sample-region.ts";

/** A code that ISO 3166-1 leaves to its users: the county lies in no country. */
const AREA = "XG";

const INVENTED = {
  area: AREA,
  validFrom: "2026-01-01",
  source: "invented with the sample county",
  licence: "MIT",
  provenance: "synthetic",
} as const;

const HEAVY = { grossT: { above: 3.5 } } as const;
const LIGHT = { grossT: { to: 3.5 } } as const;

/** The tables in which the county has rows of its own, beside those of everywhere. */
export function sampleDataSet({ priceEur, ...facility }: SampleTollFacility): Partial<AssetTables> {
  return {
    "toll-topology": [...DEFAULT_TABLES["toll-topology"], { ...INVENTED, ...facility }],
    "toll-tariffs": [
      ...DEFAULT_TABLES["toll-tariffs"],
      {
        ...INVENTED,
        id: `toll.${facility.id}`,
        facility: facility.id,
        vehicles: {},
        charge: { by: "passage" },
        value: priceEur,
        unit: "EUR/passage",
      },
    ],
    "ferry-tariffs": [
      ...(DEFAULT_TABLES["ferry-tariffs"] ?? []),
      ferryFare("heavy", HEAVY, 18),
      ferryFare("light", LIGHT, 9),
    ],
    "zone-charges": [
      {
        ...INVENTED,
        id: "zone.westborough-lez.hgv",
        zone: "westborough-lez",
        name: "Westborough low emission zone",
        effect: "charge",
        vehicles: { ...HEAVY, euroClass: { below: 6 }, energy: "diesel" },
        value: 40,
        unit: "EUR/day",
        bands: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "07:00", to: "19:00" }],
      },
    ],
    // Invented for a year, so that it does not grow stale as an assumption without an end does.
    "fuel-prices": [
      ...DEFAULT_TABLES["fuel-prices"],
      { ...INVENTED, id: "fuel.diesel", value: 1.2, unit: "EUR/l", validTo: "2026-12-31" },
    ],
    "grid-intensity": [
      { ...INVENTED, id: "grid.generation", value: 0.15, unit: "kg CO2e/kWh" },
      { ...INVENTED, id: "grid.losses", value: 0.012, unit: "kg CO2e/kWh" },
    ],
    "speed-rules": {
      ...DEFAULT_TABLES["speed-rules"],
      limits: (
        [
          ["motorway", 90],
          ["dual", 80],
          ["single", 80],
          ["urban", 50],
        ] as const
      ).map(([road, value]) => ({
        ...INVENTED,
        id: `speed.${road}.heavy`,
        road,
        vehicles: HEAVY,
        value,
        unit: "km/h" as const,
      })),
    },
  };
}

function ferryFare(name: string, vehicles: typeof HEAVY | typeof LIGHT, value: number) {
  return {
    ...INVENTED,
    id: `ferry.long-lake.${name}`,
    route: "long-lake",
    vehicles,
    value,
    unit: "EUR/crossing",
  };
}

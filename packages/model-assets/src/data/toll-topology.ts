import type { TollFacilityRow } from "../schemas/toll-topology.ts";

const facility = (
  id: string,
  area: string,
  row: Pick<TollFacilityRow, "name" | "near" | "radiusM" | "charged" | "gates">,
): TollFacilityRow => ({
  id,
  area,
  ...row,
  validFrom: "2020-01-01",
  source: "Place and radius set by hand around the ways that OpenStreetMap tags as tolled",
  licence: "MIT",
  provenance: "assumed",
});

/**
 * Toll facilities that are known by name: a place, a radius, and the part that is charged. Crossings
 * that lie close together and have one tariff are one facility.
 */
export const TOLL_TOPOLOGY: readonly TollFacilityRow[] = [
  facility("ad-envalira", "AD", {
    name: "Túnel d'Envalira",
    near: [1.7163, 42.5468],
    radiusM: 2500,
    charged: "tunnel",
  }),
  facility("gb-m6-toll", "GB", {
    name: "M6toll",
    near: [-1.87, 52.65],
    radiusM: 25_000,
    charged: "any",
    gates: [
      { id: "mainline", name: "Great Wyrley and Weeford", near: [-1.84, 52.64], radiusM: 10_000 },
      { id: "junction", name: "T3, T4, T5 and T6", near: [-1.84, 52.64], radiusM: 10_000 },
      { id: "north-end", name: "M6 junction 11A", near: [-2.07, 52.68], radiusM: 3000 },
      { id: "south-end", name: "M6 junction 3A", near: [-1.7, 52.5], radiusM: 3000 },
    ],
  }),
  facility("gb-dartford", "GB", {
    name: "Dartford Crossing",
    near: [0.2585, 51.4646],
    radiusM: 2500,
    charged: "any",
  }),
  facility("gb-humber-bridge", "GB", {
    name: "Humber Bridge",
    near: [-0.4503, 53.7068],
    radiusM: 2500,
    charged: "bridge",
  }),
  facility("gb-tyne-tunnels", "GB", {
    name: "Tyne Tunnels",
    near: [-1.4863, 54.9868],
    radiusM: 2000,
    charged: "tunnel",
  }),
  facility("gb-mersey-gateway", "GB", {
    name: "Mersey Gateway and Silver Jubilee bridges",
    near: [-2.727, 53.35],
    radiusM: 2500,
    charged: "bridge",
  }),
  facility("gb-mersey-tunnels", "GB", {
    name: "Mersey Tunnels",
    near: [-3.012, 53.409],
    radiusM: 3500,
    charged: "tunnel",
  }),
  facility("gb-tamar-bridge", "GB", {
    name: "Tamar Bridge",
    near: [-4.2036, 50.4083],
    radiusM: 1500,
    charged: "bridge",
  }),
  facility("gb-itchen-bridge", "GB", {
    name: "Itchen Bridge",
    near: [-1.3845, 50.8962],
    radiusM: 1000,
    charged: "bridge",
  }),
  facility("gb-silvertown-blackwall", "GB", {
    name: "Silvertown and Blackwall tunnels",
    near: [0.006, 51.503],
    radiusM: 2000,
    charged: "tunnel",
  }),
  facility("gb-severn", "GB", {
    name: "Severn Bridge and Prince of Wales Bridge",
    near: [-2.67, 51.592],
    radiusM: 6000,
    charged: "bridge",
  }),
];

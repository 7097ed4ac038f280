import type { TollFacility } from "@gradeway/route-core";

/** Toll facilities that are known by name. Ways: OpenStreetMap, ODbL 1.0. */
export const TOLL_TOPOLOGY: readonly TollFacility[] = [
  {
    id: "ad-envalira",
    name: "Túnel d'Envalira",
    near: [1.7163, 42.5468],
    radiusM: 2500,
    charged: "tunnel",
  },
];

import type { TollTariffRow } from "../schemas/toll-tariffs.ts";
import type { VehicleClass } from "../schemas/vehicle-class.ts";
import { DART_CHARGE, FROM_MEMORY, M6_TOLL, SILVERTOWN, TAMAR_CROSSINGS } from "./sources.ts";
import { everyDay, onWeekends, onWorkdays } from "./time-bands.ts";
import { passage } from "./toll-row.ts";

const LIGHT: VehicleClass = { grossT: { to: 3.5 } };
const HEAVY: VehicleClass = { grossT: { above: 3.5 } };

const dartford = { ...DART_CHARGE, validFrom: "2025-09-01", provenance: "official" } as const;
const DARTFORD_DAY = { bands: [everyDay("06:00", "22:00")] };
const DARTFORD_ACCOUNT = { ...DARTFORD_DAY, account: "dart-charge" };

const DARTFORD: readonly TollTariffRow[] = [
  passage("gb-dartford", "class-c", { axles: { to: 2 } }, 4.2, dartford, DARTFORD_DAY),
  passage("gb-dartford", "class-c.account", { axles: { to: 2 } }, 3.6, dartford, DARTFORD_ACCOUNT),
  passage("gb-dartford", "class-d", { axles: { above: 2 } }, 8.4, dartford, DARTFORD_DAY),
  passage(
    "gb-dartford",
    "class-d.account",
    { axles: { above: 2 } },
    7.2,
    dartford,
    DARTFORD_ACCOUNT,
  ),
  passage("gb-dartford", "night", {}, 0, dartford, { bands: [everyDay("22:00", "06:00")] }),
];

const silvertown = { ...SILVERTOWN, validFrom: "2025-04-07", provenance: "official" } as const;
const ACCOUNT = { account: "tfl-auto-pay" } as const;

/** Peak northbound in the morning and southbound in the evening; off-peak prices need an account. */
const silvertownClass = (
  name: string,
  vehicles: VehicleClass,
  peak: number,
  offPeak: number,
): TollTariffRow[] => {
  const row = (suffix: string, value: number, when: Parameters<typeof passage>[5]): TollTariffRow =>
    passage("gb-silvertown-blackwall", `${name}.${suffix}`, vehicles, value, silvertown, when);
  return [
    row("day", peak, { bands: [everyDay("06:00", "22:00")] }),
    row("peak-north", peak, {
      ...ACCOUNT,
      direction: "north",
      bands: [onWorkdays("06:00", "10:00")],
    }),
    row("peak-south", peak, {
      ...ACCOUNT,
      direction: "south",
      bands: [onWorkdays("16:00", "19:00")],
    }),
    row("off-peak-north", offPeak, {
      ...ACCOUNT,
      direction: "north",
      bands: [onWorkdays("10:00", "22:00"), onWeekends("06:00", "22:00")],
    }),
    row("off-peak-south", offPeak, {
      ...ACCOUNT,
      direction: "south",
      bands: [
        onWorkdays("06:00", "16:00"),
        onWorkdays("19:00", "22:00"),
        onWeekends("06:00", "22:00"),
      ],
    }),
  ];
};

const TAMAR_2023 = { validFrom: "2023-01-01", validTo: "2025-05-11" } as const;
const TAMAR_2025 = { validFrom: "2025-05-12" } as const;
const EAST = { direction: "east" } as const;
const TAMAR_TAG = { direction: "east", account: "tamar-tag" } as const;

/** The rise of 12 May 2025: 15.4 %, to the nearest ten pence. */
const raised = (value: number): number => Math.round(value * 1.154 * 10) / 10;

/** Tolls before and after the rise; with a tag they are half. */
const tamarClass = (
  name: string,
  vehicles: VehicleClass,
  before: number,
  reference?: string,
): TollTariffRow[] => {
  const facility = "gb-tamar-bridge";
  const source = reference === undefined ? FROM_MEMORY : { ...TAMAR_CROSSINGS, reference };
  const [provenance, derived] =
    reference === undefined
      ? (["assumed", "assumed"] as const)
      : (["official", "derived"] as const);
  const old = { ...source, ...TAMAR_2023, provenance } as const;
  const rise = { ...source, ...TAMAR_2025, provenance: derived } as const;
  const note = `${before} GBP and the rise of 15.4 %, to the nearest 10 p.`;
  const half = "Half of the toll without a tag.";
  return [
    passage(facility, name, vehicles, before, old, EAST),
    passage(
      facility,
      `${name}.tag`,
      vehicles,
      before / 2,
      { ...old, provenance: derived, note: half },
      TAMAR_TAG,
    ),
    passage(facility, name, vehicles, raised(before), { ...rise, note }, EAST),
    passage(
      facility,
      `${name}.tag`,
      vehicles,
      raised(before) / 2,
      { ...rise, note: half },
      TAMAR_TAG,
    ),
  ];
};

const TAMAR: readonly TollTariffRow[] = [
  ...tamarClass("light", LIGHT, 2.6, "https://www.bbc.co.uk/news/uk-england-cornwall-64118284"),
  ...tamarClass(
    "axles-2",
    { grossT: { above: 3.5 }, axles: { to: 2 } },
    6.3,
    "https://petebarden.co.uk/news/articles/how-much-is-tamar-bridge-toll-and-when-pay.html",
  ),
  ...tamarClass("axles-3", { grossT: { above: 3.5 }, axles: { above: 2, to: 3 } }, 10.4),
  ...tamarClass("axles-4", { grossT: { above: 3.5 }, axles: { above: 3 } }, 14.3),
  passage(
    "gb-tamar-bridge",
    "westbound",
    {},
    0,
    { ...TAMAR_CROSSINGS, validFrom: "2023-01-01", provenance: "official" },
    { direction: "west" },
  ),
];

const M6_2023 = {
  ...M6_TOLL,
  validFrom: "2023-10-13",
  validTo: "2024-05-12",
  provenance: "official",
} as const;
const M6_DAY = { bands: [onWorkdays("07:00", "19:00")] };

/** Until May 2024 the price hung on the plaza where one paid, since then on entry and exit. */
const M6: readonly TollTariffRow[] = [
  ...(
    [
      ["class-4", { axles: { to: 2 }, heightM: { from: 1.3 } }, 15.3, 12.3],
      ["class-5", { axles: { above: 2 }, heightM: { from: 1.3 } }, 15.9, 13.2],
    ] as const
  ).flatMap(([name, vehicles, mainline, junction]) =>
    (
      [
        ["mainline", mainline],
        ["junction", junction],
      ] as const
    ).map(([gate, value]): TollTariffRow => ({
      ...passage("gb-m6-toll", `${name}.${gate}`, vehicles, value, M6_2023, M6_DAY),
      charge: { by: "gate", gate },
    })),
  ),
  {
    ...passage(
      "gb-m6-toll",
      "class-5.whole-length",
      { axles: { above: 2 }, heightM: { from: 1.3 } },
      17.2,
      {
        ...M6_TOLL,
        reference: "https://en.wikipedia.org/wiki/M6_Toll",
        validFrom: "2024-05-13",
        provenance: "assumed",
        note: "From an encyclopaedia, undated. The matrix of entries and exits was not found.",
      },
      M6_DAY,
    ),
    charge: { by: "gates", entry: "north-end", exit: "south-end" },
  },
];

/** Tolls that hang on the hour, the direction or the gates. */
export const TOLL_TARIFFS_GB_HOURS: readonly TollTariffRow[] = [
  ...DARTFORD,
  ...silvertownClass("hgv", HEAVY, 10, 5),
  ...silvertownClass("large-van", LIGHT, 6.5, 2.5),
  passage("gb-silvertown-blackwall", "night", {}, 0, silvertown, {
    bands: [everyDay("22:00", "06:00")],
  }),
  ...TAMAR,
  ...M6,
];

import {
  decodeGraph,
  DEFAULT_VEHICLE,
  LEVEL_GRADE,
  type PlanRequest,
  type Rates,
  type RegionData,
  type VehicleRates,
} from "@gradeway/route-core";

/** A region and fields of a request with one thing changed. */
export interface Setting {
  /** For example "+10 %" or "none". */
  readonly label: string;
  readonly region?: (region: RegionData) => RegionData;
  readonly fields?: (region: RegionData) => Partial<PlanRequest>;
  /** Whether the cheapest routes must come to cost no less, or no more, than before. */
  readonly money?: "no-less" | "no-more";
}

/** One thing that is changed while all else stays. */
export interface Factor {
  readonly title: string;
  /** Downwards and upwards, or a single one where there is no other side. */
  readonly settings: readonly Setting[];
}

/** The factors of the sweep. @param share Change of each, for example 0.1 for a tenth. */
export function factorsOf(share: number): Factor[] {
  const both = (change: (factor: number) => Omit<Setting, "label" | "money">): Setting[] => [
    { label: `-${percent(share)}`, money: "no-more", ...change(1 - share) },
    { label: `+${percent(share)}`, money: "no-less", ...change(1 + share) },
  ];
  const priced = (
    title: string,
    name: "dieselPerL" | "driverPerH" | "standingPerH" | "runningPerKm",
  ): Factor => ({
    title,
    settings: both((factor) => ({ region: (region) => withRates(region, scaled(name, factor)) })),
  });
  return [
    priced("diesel price", "dieselPerL"),
    priced("driver's wage", "driverPerH"),
    priced("standing cost", "standingPerH"),
    priced("running cost", "runningPerKm"),
    {
      title: "tolls",
      settings: both((factor) => ({ region: (region) => withRates(region, scaledTolls(factor)) })),
    },
    {
      title: "tolls",
      settings: [
        {
          label: "none",
          money: "no-more",
          region: (region) => withRates(region, scaledTolls(0)),
        },
      ],
    },
    {
      title: "CO2e per litre",
      settings: both((factor) => ({ region: (region) => withEmissions(region, factor) })),
    },
    {
      title: "payload",
      settings: both((factor) => ({ fields: (region) => payloadOf(region, factor) })),
    },
    {
      title: "driven share of the limit",
      settings: [
        { label: `-${percent(share)}`, region: (region) => withSpeed(region, 1 - share) },
        { label: `+${percent(share)}`, region: (region) => withSpeed(region, 1 + share) },
      ],
    },
    { title: "hills", settings: [{ label: "none", region: levelled }] },
  ];
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}

type ChangeRates = (rates: VehicleRates) => Partial<Rates>;

/** Rates of the region and of each vehicle that has its own. */
function withRates(region: RegionData, change: ChangeRates): RegionData {
  const { byVehicle } = region.rates;
  const own = Object.entries(byVehicle ?? {}).map(([id, rates]) => [
    id,
    { ...rates, ...change(rates) },
  ]);
  const rates = { ...region.rates, ...change(region.rates) };
  return {
    ...region,
    rates: byVehicle === undefined ? rates : { ...rates, byVehicle: Object.fromEntries(own) },
  };
}

function scaled(name: keyof Rates, factor: number): ChangeRates {
  return (rates) => {
    const value = (rates as Partial<Record<keyof Rates, unknown>>)[name];
    // A vehicle's own rates do not have those that hold for all.
    return typeof value === "number" ? { [name]: value * factor } : {};
  };
}

function scaledTolls(factor: number): ChangeRates {
  return ({ tollByFacility }) => ({
    tollByFacility: Object.fromEntries(
      Object.entries(tollByFacility).map(([id, toll]) => [id, toll * factor]),
    ),
  });
}

function withEmissions(region: RegionData, factor: number): RegionData {
  const { dieselTtwKgPerL, dieselWttKgPerL } = region.rates;
  const rates = {
    ...region.rates,
    dieselTtwKgPerL: dieselTtwKgPerL * factor,
    dieselWttKgPerL: dieselWttKgPerL * factor,
  };
  return { ...region, rates };
}

function withSpeed(region: RegionData, factor: number): RegionData {
  const classes = Object.fromEntries(
    Object.entries(region.speedRules.classes).map(([name, rule]) => [
      name,
      { ...rule, practicalShare: rule.practicalShare * factor },
    ]),
  ) as RegionData["speedRules"]["classes"];
  return { ...region, speedRules: { ...region.speedRules, classes } };
}

/** Half of what the default vehicle carries is the default. */
function payloadOf({ vehicles }: RegionData, factor: number): Partial<PlanRequest> {
  const vehicle = vehicles.find(({ id }) => id === DEFAULT_VEHICLE);
  if (vehicle === undefined) throw new RangeError(`the region has no ${DEFAULT_VEHICLE}`);
  return { payloadKg: Math.min(vehicle.maxPayloadKg, (vehicle.maxPayloadKg / 2) * factor) };
}

/** The same roads on level ground. */
function levelled(region: RegionData): RegionData {
  const copy = region.graph.slice(0);
  const graph = decodeGraph(copy);
  graph.binGrade.fill(LEVEL_GRADE);
  graph.heightM.fill(0);
  return { ...region, graph: copy };
}

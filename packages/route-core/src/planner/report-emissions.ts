import { distanceE7 } from "../geo/distance.ts";
import type { LonLat } from "../geo/lon-lat.ts";
import type { EmissionReport, EmptyRunning, Intensity } from "./emission-report.ts";
import { roundTo } from "./route-figures.ts";

/** What a report is made from. */
export interface ReportedTrip {
  readonly energyCarrier: EmissionReport["energyCarrier"];
  /** Of the loaded trip. */
  readonly co2eKg: { readonly ttw: number; readonly wtt: number };
  readonly payloadKg: number;
  readonly distanceM: number;
  readonly origin: LonLat;
  readonly destination: LonLat;
  readonly emptyRunning?: EmptyRunning;
}

/**
 * Reports a trip by ISO 14083:2023. With a share e of empty running, each loaded kilometre brings
 * e / (1 - e) empty ones along, which emit what the empty vehicle does on the same route.
 */
export function reportEmissions(trip: ReportedTrip): EmissionReport {
  const { payloadKg, distanceM, emptyRunning } = trip;
  const share = emptyRunning?.share ?? 0;
  const emptyTrips = share / (1 - share);
  const ttwKg = trip.co2eKg.ttw + emptyTrips * (emptyRunning?.co2eKg.ttw ?? 0);
  const wttKg = trip.co2eKg.wtt + emptyTrips * (emptyRunning?.co2eKg.wtt ?? 0);
  const actualKm = distanceM / 1000;
  const greatCircleKm = greatCircleM(trip.origin, trip.destination) / 1000;
  const tonnes = payloadKg / 1000;
  const perTkm = (km: number): Intensity | null => {
    const tkm = tonnes * km;
    if (tkm <= 0) return null;
    return {
      ttw: roundTo((1000 * ttwKg) / tkm, 4),
      wtt: roundTo((1000 * wttKg) / tkm, 4),
      wtw: roundTo((1000 * (ttwKg + wttKg)) / tkm, 4),
    };
  };
  return {
    standard: "ISO 14083:2023",
    energyCarrier: trip.energyCarrier,
    co2eKg: {
      ttw: roundTo(ttwKg, 4),
      wtt: roundTo(wttKg, 4),
      total: roundTo(ttwKg + wttKg, 4),
    },
    payloadKg,
    distance: {
      actualKm: roundTo(actualKm, 4),
      greatCircleKm: roundTo(greatCircleKm, 4),
      adjustmentFactor: greatCircleKm > 0 ? roundTo(actualKm / greatCircleKm, 4) : null,
    },
    transportActivityTkm: {
      actual: roundTo(tonnes * actualKm, 4),
      greatCircle: roundTo(tonnes * greatCircleKm, 4),
    },
    gPerTkm: { actual: perTkm(actualKm), greatCircle: perTkm(greatCircleKm) },
    ...(emptyRunning === undefined ? {} : { emptyRunning }),
  };
}

function greatCircleM([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  return distanceE7(lonA * 1e7, latA * 1e7, lonB * 1e7, latB * 1e7);
}

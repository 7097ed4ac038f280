import type { LonLat } from "@gradeway/route-core";

/** What the form holds. */
export interface Trip {
  readonly origin: LonLat | undefined;
  readonly destination: LonLat | undefined;
  readonly vehicle: string | undefined;
  readonly payloadKg: number | undefined;
  readonly epsilon: number;
  /** Whether the routes are driven again on live elevation. */
  readonly strict: boolean;
}

/** Reads `7.1, 49.2` (also without a comma); undefined when it is not a position. */
export function parseLonLat(text: string): LonLat | undefined {
  const parts = text.trim().split(/[\s,;]+/);
  const [lon, lat] = parts.map(Number);
  const isPosition =
    parts.length === 2 &&
    lon !== undefined &&
    lat !== undefined &&
    Math.abs(lon) <= 180 &&
    Math.abs(lat) <= 90;
  return isPosition ? [lon, lat] : undefined;
}

/** Writes a position to about a tenth of a metre. */
export function formatLonLat([lon, lat]: LonLat): string {
  return `${Number(lon.toFixed(6))}, ${Number(lat.toFixed(6))}`;
}

/** The trip as the part of an address behind `#`. */
export function encodeTrip(trip: Trip): string {
  const fields = new URLSearchParams();
  if (trip.origin !== undefined) {
    fields.set("from", formatLonLat(trip.origin).replace(" ", ""));
  }
  if (trip.destination !== undefined) {
    fields.set("to", formatLonLat(trip.destination).replace(" ", ""));
  }
  if (trip.vehicle !== undefined) {
    fields.set("vehicle", trip.vehicle);
  }
  if (trip.payloadKg !== undefined) {
    fields.set("payloadKg", String(trip.payloadKg));
  }
  fields.set("epsilon", String(trip.epsilon));
  if (trip.strict) {
    fields.set("strict", "1");
  }
  return fields.toString().replaceAll("%2C", ",");
}

/** The trip of an address, or undefined when it names none. */
export function decodeTrip(hash: string): Trip | undefined {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const origin = parseLonLat(fields.get("from") ?? "");
  const destination = parseLonLat(fields.get("to") ?? "");
  if (origin === undefined && destination === undefined) {
    return undefined;
  }
  const payloadKg = Number(fields.get("payloadKg") ?? Number.NaN);
  const epsilon = Number(fields.get("epsilon") ?? "0.01");
  return {
    origin,
    destination,
    vehicle: fields.get("vehicle") ?? undefined,
    payloadKg: Number.isFinite(payloadKg) && payloadKg >= 0 ? payloadKg : undefined,
    epsilon: epsilon >= 0 && epsilon <= 1 ? epsilon : 0.01,
    strict: fields.get("strict") === "1",
  };
}

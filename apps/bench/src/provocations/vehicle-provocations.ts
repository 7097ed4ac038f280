import type { ProvokedApp } from "./provoked-app.ts";
import { TRIP } from "./request-provocations.ts";

/** Vehicles that are not known, cannot exist, or cannot make the trip. */
export function vehicleProvocations(app: ProvokedApp) {
  return {
    vehicle_profile_unavailable: () => app.post("/route", { ...TRIP, vehicle: "ox-cart" }),
    payload_exceeds_limit: () => app.post("/route", { ...TRIP, payloadKg: 99_000 }),
    vehicle_inconsistent: () =>
      app.post("/route", { ...TRIP, vehicle: { basedOn: "artic-40t", heightM: 9 } }),
    vehicle_range_exceeded: () =>
      app.post("/route", {
        ...TRIP,
        vehicle: "bev-artic-42t",
        battery: { stateOfCharge: 0.1001, reserve: 0.1 },
      }),
  };
}

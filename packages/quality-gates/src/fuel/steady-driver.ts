import {
  createCourseDriver,
  DIESEL_G_PER_L,
  layCourseSteps,
  loadVehicle,
  type VehicleProfile,
} from "@gradeway/route-core";

/** Steady driving of one vehicle. */
export interface SteadyTrip {
  readonly vehicle: string;
  /** Share of the payload, percent. */
  readonly loadPercent: number;
  readonly targetKmh: number;
  readonly gradePercent: number;
}

/** What steady driving comes to. */
export interface SteadyFigures {
  /** Of a diesel vehicle. */
  readonly litresPer100Km?: number;
  /** Of a battery vehicle: net of what comes back. */
  readonly kwhPerKm?: number;
  readonly speedKmh: number;
}

/** Drives steadily; undefined for a vehicle that it does not have. */
export type SteadyDriver = (trip: SteadyTrip) => SteadyFigures | undefined;

const STRETCH_M = 50_000;

/** A steady driver for vehicles of a region: what 50 km more of a long road take, ends left out. */
export function createSteadyDriver(vehicles: readonly VehicleProfile[]): SteadyDriver {
  return ({ vehicle: id, loadPercent, targetKmh, gradePercent }) => {
    const vehicle = vehicles.find((each) => each.id === id);
    if (vehicle === undefined) return undefined;
    const drive = createCourseDriver(
      loadVehicle(vehicle, (vehicle.maxPayloadKg * loadPercent) / 100),
    );
    const trip = (lengthM: number) =>
      drive(
        layCourseSteps([{ lengthM, limitMps: targetKmh / 3.6, gradeRatio: gradePercent / 100 }]),
      );
    const near = trip(STRETCH_M);
    const far = trip(2 * STRETCH_M);
    const energyPerM = (far.energy - near.energy) / STRETCH_M;
    return {
      ...(vehicle.energy === "diesel"
        ? { litresPer100Km: (energyPerM / DIESEL_G_PER_L) * 1e5 }
        : // Watt-hours per metre.
          { kwhPerKm: energyPerM }),
      speedKmh: (STRETCH_M / (far.seconds - near.seconds)) * 3.6,
    };
  };
}

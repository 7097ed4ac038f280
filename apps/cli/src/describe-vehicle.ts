import type { ParetoAnswer } from "@gradeway/route-core";

/** The vehicle as a line for people, with what multiplies all of its fuel. */
export function describeVehicle({ provenance }: ParetoAnswer): string[] {
  const { vehicle } = provenance;
  if (vehicle === undefined) return [];
  const { id, name, technologyFactor, fleetFactor } = vehicle;
  const factors =
    technologyFactor === undefined
      ? ""
      : `, all fuel times technologyFactor ${technologyFactor} and fleetFactor ${fleetFactor}`;
  return [`vehicle ${name} (${id})${factors}`];
}

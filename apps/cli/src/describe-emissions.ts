import type { ParetoAnswer } from "@gradeway/route-core";

/** What carbon counts in the money, as a line for people; none where it counts nothing. */
export function describeCarbonPrice({ provenance, routes }: ParetoAnswer): string[] {
  const { carbonPrice } = provenance;
  if (carbonPrice === undefined) return [];
  const { name, perTonne, validFrom } = carbonPrice;
  const since = validFrom === undefined ? "" : ` from ${validFrom}`;
  return [`costs with carbon at ${perTonne} ${routes[0]!.cost.currency}/t (${name}${since})`];
}

/** The emission report of the recommended route as a line for people; none without freight. */
export function describeEmissions({ routes, recommended }: ParetoAnswer): string[] {
  const report = routes.find(({ id }) => id === recommended)?.iso14083;
  const intensity = report?.gPerTkm.actual;
  if (report === undefined || intensity === undefined || intensity === null) return [];
  const { actualKm, greatCircleKm } = report.distance;
  const tonnes = (report.payloadKg / 1000).toFixed(1);
  const beeline = report.gPerTkm.greatCircle;
  const share = report.emptyRunning?.share;
  return [
    `${report.standard}: ${intensity.wtw.toFixed(1)} g CO2e per t km well to wheel (${intensity.ttw.toFixed(1)} burnt), ` +
      `${tonnes} t over ${actualKm.toFixed(1)} km driven` +
      (beeline === null
        ? ""
        : `; ${beeline.wtw.toFixed(1)} g over ${greatCircleKm.toFixed(1)} km great circle`) +
      (share === undefined ? "" : `; with ${(100 * share).toFixed(0)} % empty kilometres`),
  ];
}

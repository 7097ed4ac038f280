import type { ParetoAnswer } from "@gradeway/route-core";

import { describeCarbonPrice, describeEmissions } from "./describe-emissions.ts";
import { describeDriverHours } from "./driver-arguments.ts";
import { describeVehicle } from "./describe-vehicle.ts";
import { textTable } from "./text-table.ts";

/** Routes as GeoJSON features; everything but the geometry becomes properties. */
export function toFeatureCollection(answer: ParetoAnswer): object {
  return {
    type: "FeatureCollection",
    features: answer.routes.map(({ geometry, annotations: _, ...properties }) => ({
      type: "Feature",
      id: properties.id,
      geometry,
      properties,
    })),
    certificate: answer.certificate,
    attribution: answer.provenance.attribution,
    warnings: answer.warnings,
  };
}

/** The front as a table for people. */
export function describeAnswer(answer: ParetoAnswer): string {
  const currency = answer.routes[0]?.cost.currency ?? "";
  const isElectric = answer.routes[0]?.energyKwh !== undefined;
  const head = [
    "",
    "min",
    "km",
    currency,
    "kg CO2e",
    isElectric ? "kWh" : "l",
    "climb m",
    "toll",
    "route",
  ];
  const searched = searchedIds(answer);
  const rows = answer.routes.map((route) => {
    const marks = [
      ...route.tags,
      ...(route.id === answer.recommended ? ["*"] : []),
      ...(searched.has(route.id) ? ["search"] : []),
    ];
    const toll = route.cost.lines
      .filter((line) => line.item === "toll")
      .reduce((sum, line) => sum + line.amount, 0);
    return [
      marks.join(" "),
      (route.durationS / 60).toFixed(1),
      (route.distanceM / 1000).toFixed(1),
      route.cost.amount.toFixed(2),
      route.co2eKg.total.toFixed(1),
      (route.fuelL ?? route.energyKwh ?? Number.NaN).toFixed(1),
      route.ascentM?.toFixed(0) ?? "void",
      toll.toFixed(2),
      route.id.slice(0, 8),
    ];
  });
  const { certificate, provenance, diagnostics, warnings } = answer;
  const elevation = `${provenance.elevation.source}, ${(100 * provenance.elevation.coverageRatio).toFixed(1)} % covered, smoothed over ${provenance.elevation.smoothingM.toFixed(0)} m`;
  const { liveElevation } = provenance;
  return [
    textTable([head, ...rows], new Set([1, 2, 3, 4, 5, 6, 7])),
    "",
    `${describeCertificate(certificate)}, ${countOf(answer)}, search ${diagnostics.searchMs.toFixed(1)} ms`,
    `region ${provenance.region.name}, graph ${provenance.graph.sha256.slice(0, 12)}, OSM ${provenance.graph.osmTimestamp ?? "of unknown date"}, elevation ${elevation}`,
    ...(liveElevation === undefined
      ? []
      : [`evaluated on ${liveElevation.source}, ${describeEvaluation(answer)}`]),
    ...describeVehicle(answer),
    ...describeDriverHours(answer),
    ...describeCarbonPrice(answer),
    ...describeEmissions(answer),
    `rates of ${provenance.rates.asOf}; ${provenance.attribution.join("; ")}`,
    ...warnings.map(describeWarning),
  ].join("\n");
}

function describeCertificate({ epsilon, complete }: ParetoAnswer["certificate"]): string {
  const early = complete ? "" : "stopped early: ";
  if (epsilon === null) return `${early}nothing is proven about the front`;
  return epsilon === 0
    ? "exact front"
    : `${early}front within ${100 * epsilon} % in every objective`;
}

function countOf({ front, evaluation }: ParetoAnswer): string {
  const routes = `${front.size} ${front.size === 1 ? "route" : "routes"}`;
  if (evaluation === undefined) return routes;
  const { notEvaluated } = evaluation;
  const others = notEvaluated > 0 ? `, ${notEvaluated} of them with figures of the search` : "";
  return `${routes} after evaluation${others}`;
}

/** Routes among evaluated ones that have figures of the search, which are not comparable with theirs. */
function searchedIds({ front }: ParetoAnswer): ReadonlySet<string | null> {
  return new Set(front.routeIds.filter((_, at) => front.tiers?.[at] === "search"));
}

/** What evaluating the routes has changed. */
function describeEvaluation({ evaluation, certificate }: ParetoAnswer): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const deviations = Object.entries(certificate.tierDeviation ?? {}).map(
    ([objective, { lowest, highest }]) => `${objective} ${percent(lowest)} to ${percent(highest)}`,
  );
  const counts =
    evaluation === undefined
      ? []
      : [
          `${evaluation.finalists} routes driven`,
          `${evaluation.dominated} dropped`,
          ...(evaluation.outOfRange ? [`${evaluation.outOfRange} beyond the range`] : []),
        ];
  return [...counts, ...deviations].join(", ");
}

function describeWarning({ code, message, details }: ParetoAnswer["warnings"][number]): string {
  const rows = code === "data_assumed" ? details?.["rows"] : undefined;
  const more = Array.isArray(rows) ? ` ${rows.join(", ")}` : "";
  return `warning ${code}: ${message}${more}`;
}

import type { Fault, Front } from "./api-client.ts";
import { element } from "./dom.ts";
import { fixed } from "./figures.ts";

/** One line that says how far the front can be trusted. */
export function certificateLine({ certificate, front, routes, evaluation }: Front): string {
  const noun = front.size === 1 ? "route" : "routes";
  const shown = routes.length < front.size ? `, ${routes.length} shown` : "";
  const left = evaluation === undefined ? "" : ` left of ${evaluation.finalists} driven live`;
  const count = `${front.size} ${noun}${left}${shown}`;
  const { epsilon, complete } = certificate;
  if (epsilon === null) return `Stopped early: ${count} so far, nothing is proven about others`;
  const kind =
    epsilon === 0
      ? "Exact front"
      : `Front within ${fixed(epsilon * 100, epsilon < 0.01 ? 1 : 0)} %`;
  return `${complete ? "" : "Stopped early. "}${kind}, ${count}`;
}

/** The warnings of an answer, folded; nothing when there is none. */
export function describeWarnings({ warnings }: Front): Node[] {
  if (warnings.length === 0) {
    return [];
  }
  const items = warnings.map(({ code, message }) =>
    element("li", {}, `${message} `, element("code", {}, code)),
  );
  const count = warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`;
  const summary = element("summary", {}, count);
  return [element("details", { className: "warnings" }, summary, element("ul", {}, ...items))];
}

/** Which data and which program made an answer. */
export function describeProvenance(front: Front): Node {
  const summary = element("summary", {}, "Provenance");
  return element("details", { className: "provenance" }, summary, provenanceList(front));
}

function provenanceList({ provenance, certificate, snapped }: Front): HTMLElement {
  const { engine, region, graph, elevation, liveElevation } = provenance;
  const { rates, vehicles, attribution } = provenance;
  const { grains } = certificate;
  const snap = (end: "origin" | "destination"): string =>
    `${fixed(snapped[end].distanceM, 0)} m to OSM way ${snapped[end].osmWayId}`;
  const licences = element("a", { href: "./LICENSES.txt" }, "of the software in this page");
  const facts: readonly (readonly [string, Node | string])[] = [
    ["engine", `${engine.name} ${engine.version}`],
    ["region", `${region.name}${region.synthetic ? " (synthetic)" : ""}`],
    ["manifest", region.manifestSha256],
    ["road graph", `${graph.sha256}, OSM of ${graph.osmTimestamp ?? "an unknown date"}`],
    [
      "elevation",
      `${elevation.source}, known for ${fixed(elevation.coverageRatio * 100, 1)} %, smoothed over ${fixed(elevation.smoothingM, 0)} m`,
    ],
    ...(liveElevation === undefined
      ? []
      : [
          [
            "live elevation",
            `${liveElevation.source}, tiles ${liveElevation.tilesSha256}`,
          ] as const,
        ]),
    ["rates", `as of ${rates.asOf}, ${rates.sha256}`],
    ["vehicles", vehicles.sha256],
    ["search grain", `${grains.time} s, ${grains.money} money, ${grains.co2e} kg`],
    ["origin moved", snap("origin")],
    ["destination moved", snap("destination")],
    ["attribution", attribution.join(" · ")],
    ["licences", licences],
  ];
  return element(
    "dl",
    {},
    ...facts.flatMap(([term, text]) => [element("dt", {}, term), element("dd", {}, text)]),
  );
}

/** Text whose parts between backticks are code. */
function withCode(text: string): (Node | string)[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));
}

/** What went wrong and what to do about it. */
export function describeFault(fault: Fault): Node[] {
  const code = element("code", {}, fault.reasonCode);
  const trace = fault.instance === undefined ? [] : [` · request ${fault.instance}`];
  return [
    element("h2", {}, fault.title),
    element("p", {}, fault.detail),
    element("p", { className: "remedy" }, ...withCode(fault.remedy)),
    element("p", { className: "code-line" }, code, ...trace),
  ];
}

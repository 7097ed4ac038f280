import type { LonLat } from "@gradeway/route-core";

import {
  certificateLine,
  describeFault,
  describeProvenance,
  describeWarnings,
} from "./answer-notes.ts";
import type { Fault, Front } from "./api-client.ts";
import { requireElement } from "./dom.ts";
import type { Focus } from "./focus.ts";
import { createFrontChart } from "./front-chart.ts";
import { createProfileChart } from "./profile-chart.ts";
import { colourRoutes, type DrawnRoute } from "./route-colours.ts";
import { describeRoute } from "./route-detail.ts";
import { createRouteTable } from "./route-table.ts";
import { currentTheme } from "./theme.ts";

/** Everything that shows an answer, except the map. */
export interface Results {
  show(front: Front): readonly DrawnRoute[];
  showFault(fault: Fault): void;
  clear(status: string): void;
}

/** Connects the parts of the page that show an answer. */
export function createResults(focus: Focus, onPlace: (place: LonLat | undefined) => void): Results {
  const certificate = requireElement("certificate", HTMLElement);
  const problem = requireElement("problem", HTMLElement);
  const warnings = requireElement("warnings", HTMLElement);
  const detail = requireElement("route-detail", HTMLElement);
  const notes = requireElement("notes", HTMLElement);
  const table = createRouteTable(requireElement("route-table", HTMLElement), focus);
  const chart = createFrontChart(requireElement("front-chart", HTMLElement), focus);
  const profile = createProfileChart(requireElement("profile-chart", HTMLElement), onPlace);
  let drawn: readonly DrawnRoute[] = [];

  function showSelected(): void {
    const selected = drawn.find(({ route }) => route.id === focus.selected());
    const fastest = drawn.find(({ route }) => route.tags.includes("fastest"));
    detail.replaceChildren(
      ...(selected === undefined ? [] : describeRoute(selected, fastest?.route)),
    );
    profile.show(selected);
  }
  focus.subscribe(showSelected);

  function clear(status: string): void {
    drawn = [];
    table.show([]);
    chart.clear();
    notes.replaceChildren();
    warnings.replaceChildren();
    certificate.textContent = status;
    problem.hidden = true;
    focus.hover(undefined);
    focus.select(undefined);
  }

  return {
    clear,
    show(front) {
      drawn = colourRoutes(front.routes, currentTheme());
      problem.hidden = true;
      certificate.textContent = certificateLine(front);
      table.show(drawn);
      chart.show(front, drawn);
      notes.replaceChildren(describeProvenance(front));
      warnings.replaceChildren(...describeWarnings(front));
      const kept = drawn.some(({ route }) => route.id === focus.selected());
      focus.hover(undefined);
      focus.select(kept ? focus.selected() : front.recommended);
      return drawn;
    },
    showFault(fault) {
      clear("");
      problem.replaceChildren(...describeFault(fault));
      problem.hidden = false;
    },
  };
}

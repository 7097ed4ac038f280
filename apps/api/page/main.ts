import type { LonLat, PlanRequest } from "@gradeway/route-core";

import { asCurl, faultOf, type Front, loadRegion, planPareto, type Region } from "./api-client.ts";
import { describeFault } from "./answer-notes.ts";
import { copyButton } from "./copy-button.ts";
import { requireElement } from "./dom.ts";
import { createFocus } from "./focus.ts";
import { decodeTrip, encodeTrip, type Trip } from "./permalink.ts";
import { createResults } from "./results.ts";
import { currentTheme, onThemeChange } from "./theme.ts";
import { createTripForm } from "./trip-form.ts";
import { createTripMap, type End } from "./trip-map.ts";

/** Most routes that are drawn; all points of a larger front still stand in the chart. */
const MAX_ROUTES = 30;

function start(region: Region): void {
  requireElement("region-name", HTMLElement).textContent = region.name;
  requireElement("synthetic-badge", HTMLElement).hidden = !region.synthetic;
  document.title = `Gradeway: ${region.name}`;

  const focus = createFocus();
  const form = createTripForm(region, {
    onPlan: () => void plan("fit"),
    onEndsEdited: () => {
      const { origin, destination } = form.read();
      map.showEnds({ origin, destination });
    },
  });
  const map = createTripMap({
    container: requireElement("map", HTMLElement),
    region,
    theme: currentTheme(),
    focus,
    onClick: setNextEnd,
    onEndMoved: moveEnd,
  });
  const results = createResults(focus, (place) => map.showPlace(place));
  let running = new AbortController();
  let shown: Front | undefined;

  /** A click starts a trip; the next one ends it. */
  function setNextEnd(place: LonLat): void {
    const { origin, destination } = form.read();
    if (origin !== undefined && destination === undefined) {
      setEnds(origin, place);
      void plan("keep");
      return;
    }
    setEnds(place, undefined);
    running.abort();
    form.setBusy(false);
    shown = undefined;
    map.showRoutes([]);
    results.clear("Now click the destination.");
  }
  function moveEnd(end: End, place: LonLat): void {
    const { origin, destination } = form.read();
    setEnds(end === "origin" ? place : origin, end === "destination" ? place : destination);
    void plan("keep");
  }
  function setEnds(origin: LonLat | undefined, destination: LonLat | undefined): void {
    form.setEnds(origin, destination);
    map.showEnds({ origin, destination });
  }

  /** Plans what the form says; `fit` moves the map so that it shows every route. */
  async function plan(view: "fit" | "keep"): Promise<void> {
    const trip = form.read();
    const request = requestOf(trip);
    if (typeof request === "string") {
      form.showFault(request);
      return;
    }
    form.showFault("");
    running.abort();
    running = new AbortController();
    const { signal } = running;
    history.replaceState(null, "", `#${encodeTrip(trip)}`);
    map.showEnds({ origin: trip.origin, destination: trip.destination });
    form.setBusy(true);
    try {
      shown = await planPareto(request, signal);
      show();
      if (view === "fit") {
        map.fitRoutes();
      }
    } catch (error) {
      if (!signal.aborted) {
        shown = undefined;
        map.showRoutes([]);
        results.showFault(faultOf(error));
      }
    } finally {
      if (!signal.aborted) {
        form.setBusy(false);
      }
    }
  }
  function show(): void {
    if (shown !== undefined) {
      map.showRoutes(results.show(shown));
    }
  }

  requireElement("actions", HTMLElement).append(
    copyButton("Copy as curl", () => {
      const request = requestOf(form.read());
      return typeof request === "string" ? request : asCurl(request, location.href);
    }),
    copyButton("Copy link", () => location.href),
  );
  onThemeChange((theme) => {
    map.setTheme(theme);
    show();
  });
  const openLink = (): boolean => {
    const trip = decodeTrip(location.hash);
    if (trip !== undefined) {
      form.write(trip);
      map.showEnds({ origin: trip.origin, destination: trip.destination });
    }
    return trip !== undefined;
  };
  window.addEventListener("hashchange", () => {
    if (openLink()) {
      void plan("fit");
    }
  });
  if (openLink()) {
    void plan("fit");
  } else if (region.demo !== undefined) {
    const { origin, destination, vehicle, payloadKg } = region.demo;
    form.write({ origin, destination, vehicle, payloadKg, epsilon: 0.01, strict: false });
    void plan("fit");
  }
}

/** The request of a trip, or what is missing. */
function requestOf(trip: Trip): PlanRequest | string {
  if (trip.origin === undefined) {
    return "Give the origin as “lon, lat”, or click the map.";
  }
  if (trip.destination === undefined) {
    return "Give the destination as “lon, lat”, or click the map.";
  }
  if (trip.payloadKg !== undefined && !(trip.payloadKg >= 0)) {
    return "Give the payload in tonnes, for example 12.5.";
  }
  return {
    origin: trip.origin,
    destination: trip.destination,
    ...(trip.vehicle === undefined ? {} : { vehicle: trip.vehicle }),
    ...(trip.payloadKg === undefined ? {} : { payloadKg: trip.payloadKg }),
    epsilon: trip.epsilon,
    ...(trip.strict ? { strict: true } : {}),
    maxRoutes: MAX_ROUTES,
    geometry: "geojson",
    annotations: ["elevation"],
  };
}

try {
  const certificate = requireElement("certificate", HTMLElement);
  start(
    await loadRegion(() => {
      certificate.textContent = "The region is still being loaded…";
    }),
  );
} catch (error) {
  const problem = requireElement("problem", HTMLElement);
  problem.replaceChildren(...describeFault(faultOf(error)));
  problem.hidden = false;
}

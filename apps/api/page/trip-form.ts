import type { LonLat } from "@gradeway/route-core";

import type { Region } from "./api-client.ts";
import { element, requireElement } from "./dom.ts";
import { formatLonLat, parseLonLat, type Trip } from "./permalink.ts";

/** The form with the trip. */
export interface TripForm {
  read(): Trip;
  write(trip: Trip): void;
  setEnds(origin: LonLat | undefined, destination: LonLat | undefined): void;
  setBusy(isBusy: boolean): void;
  /** Tells what is missing or wrong in the form; an empty text when nothing is. */
  showFault(text: string): void;
}

/** Connects the form; calls back when its trip shall be planned or its ends were edited. */
export function createTripForm(
  region: Region,
  listeners: { readonly onPlan: () => void; readonly onEndsEdited: () => void },
): TripForm {
  const form = requireElement("trip-form", HTMLFormElement);
  const origin = requireElement("origin", HTMLInputElement);
  const destination = requireElement("destination", HTMLInputElement);
  const vehicle = requireElement("vehicle", HTMLSelectElement);
  const payload = requireElement("payload", HTMLInputElement);
  const epsilon = requireElement("epsilon", HTMLSelectElement);
  const strict = requireElement("strict", HTMLInputElement);
  const plan = requireElement("plan", HTMLButtonElement);
  const faultLine = requireElement("form-fault", HTMLElement);

  vehicle.append(...region.vehicles.map(({ id, name }) => element("option", { value: id }, name)));

  vehicle.value = region.defaultVehicle;
  if (vehicle.selectedIndex < 0) {
    vehicle.selectedIndex = 0;
  }

  function describeVehicle(): void {
    const known = region.vehicles.find(({ id }) => id === vehicle.value);
    const most = known === undefined ? undefined : known.maxPayloadKg / 1000;
    payload.title = most === undefined ? "" : `Up to ${most} t; half of that when left empty`;
    payload.placeholder = most === undefined ? "" : `half, ${Number((most / 2).toFixed(2))}`;
  }
  vehicle.addEventListener("change", describeVehicle);
  describeVehicle();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    listeners.onPlan();
  });
  for (const input of [origin, destination]) {
    input.addEventListener("change", listeners.onEndsEdited);
  }
  requireElement("swap", HTMLButtonElement).addEventListener("click", () => {
    [origin.value, destination.value] = [destination.value, origin.value];
    listeners.onEndsEdited();
  });

  const setEnds: TripForm["setEnds"] = (from, to) => {
    origin.value = from === undefined ? "" : formatLonLat(from);
    destination.value = to === undefined ? "" : formatLonLat(to);
  };
  return {
    setEnds,
    read() {
      const tonnes = Number(payload.value.replace(",", "."));
      return {
        origin: markValidity(origin),
        destination: markValidity(destination),
        vehicle: vehicle.value === "" ? undefined : vehicle.value,
        payloadKg: payload.value.trim() === "" ? undefined : Math.round(tonnes * 1000),
        epsilon: Number(epsilon.value),
        strict: strict.checked,
      };
    },
    write(trip) {
      setEnds(trip.origin, trip.destination);
      if (region.vehicles.some(({ id }) => id === trip.vehicle)) {
        vehicle.value = trip.vehicle ?? "";
      }
      payload.value = trip.payloadKg === undefined ? "" : String(trip.payloadKg / 1000);
      strict.checked = trip.strict;
      epsilon.value = String(trip.epsilon);
      if (epsilon.selectedIndex < 0) {
        epsilon.append(
          element(
            "option",
            { value: String(trip.epsilon), selected: true },
            `${trip.epsilon * 100} %`,
          ),
        );
      }
      describeVehicle();
    },
    setBusy(isBusy) {
      plan.disabled = isBusy;
      plan.textContent = isBusy ? "Planning…" : "Plan";
      form.ariaBusy = String(isBusy);
    },
    showFault(text) {
      faultLine.textContent = text;
      faultLine.hidden = text === "";
    },
  };
}

function markValidity(input: HTMLInputElement): LonLat | undefined {
  const position = parseLonLat(input.value);
  input.ariaInvalid = String(position === undefined && input.value.trim() !== "");
  return position;
}

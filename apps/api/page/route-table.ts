import type { PlannedRoute } from "@gradeway/route-core";

import { element } from "./dom.ts";
import { clock, fixedOrUnknown } from "./figures.ts";
import type { Focus } from "./focus.ts";
import type { DrawnRoute } from "./route-colours.ts";

interface Column {
  readonly title: string;
  readonly unit: string;
  /** Null when the figure is not known; such routes are sorted last. */
  readonly value: (route: PlannedRoute) => number | null;
  readonly text: (route: PlannedRoute) => string;
}

/** The routes as a table that can be sorted by any figure. */
export interface RouteTable {
  show(drawn: readonly DrawnRoute[]): void;
}

/** Builds the table; its rows follow and set the focus. */
export function createRouteTable(holder: HTMLElement, focus: Focus): RouteTable {
  let drawn: readonly DrawnRoute[] = [];
  let sortedBy = 0;
  let shownSelected: string | undefined;

  function draw(): void {
    if (drawn.length === 0) {
      holder.replaceChildren();
      return;
    }
    const columns = columnsOf(drawn.map(({ route }) => route));
    const order = columns[sortedBy]?.value ?? (() => 0);
    const key = (route: PlannedRoute): number => order(route) ?? Number.POSITIVE_INFINITY;
    const rows = drawn.toSorted((a, b) => compare(key(a.route), key(b.route)));
    const body = element("tbody", {}, ...rows.map((item) => rowOf(item, columns, focus)));
    body.addEventListener("keydown", moveWithArrows);
    const table = element(
      "table",
      { className: "routes" },
      element("caption", { className: "visually-hidden" }, "Routes of the front"),
      headOf(columns),
      body,
    );
    holder.replaceChildren(table);
    mark();
  }
  function headOf(columns: readonly Column[]): HTMLElement {
    const cells = columns.map(({ title, unit }, index) => {
      const button = element("button", { type: "button", title: "Sort by this column" });
      button.append(title, element("small", {}, unit));
      button.addEventListener("click", () => {
        sortedBy = index;
        draw();
        const again = holder.querySelectorAll("th button")[index];
        if (again instanceof HTMLElement) {
          again.focus();
        }
      });
      const cell = element("th", { scope: "col" }, button);
      cell.ariaSort = index === sortedBy ? "ascending" : "none";
      return cell;
    });
    const first = element("th", { scope: "col" }, "Route");
    return element("thead", {}, element("tr", {}, first, ...cells));
  }
  function mark(): void {
    for (const row of holder.querySelectorAll<HTMLElement>("tr[data-route-id]")) {
      const id = row.dataset["routeId"];
      row.classList.toggle("is-selected", id === focus.selected());
      row.classList.toggle("is-active", id === focus.hovered());
      const button = row.querySelector("button");
      if (button !== null) {
        button.ariaPressed = String(id === focus.selected());
      }
    }
  }
  focus.subscribe(() => {
    mark();
    const selected = focus.selected();
    if (selected !== shownSelected) {
      shownSelected = selected;
      holder.querySelector("tr.is-selected")?.scrollIntoView({ block: "nearest" });
    }
  });
  return {
    show(next) {
      drawn = next;
      draw();
    },
  };
}

function columnsOf(routes: readonly PlannedRoute[]): Column[] {
  const withHours = routes.some((route) => route.durationS >= 3600);
  const currency = routes[0]?.cost.currency ?? "";
  return [
    {
      title: "Time",
      unit: withHours ? "h:m:s" : "m:s",
      value: (route) => route.durationS,
      text: (route) => clock(route.durationS, withHours),
    },
    column("Length", "km", (route) => route.distanceM / 1000, 1),
    column("Cost", currency, (route) => route.cost.amount, 2),
    column("CO₂e", "kg", (route) => route.co2eKg.total, 1),
    routes[0]?.energyKwh === undefined
      ? column("Fuel", "l", ({ fuelL }) => fuelL ?? null, 1)
      : column("Energy", "kWh", ({ energyKwh }) => energyKwh ?? null, 1),
    column("Climb", "m", (route) => route.ascentM, 0),
  ];
}

function column(title: string, unit: string, value: Column["value"], decimals: number): Column {
  return { title, unit, value, text: (route) => fixedOrUnknown(value(route), decimals) };
}

function rowOf(
  { route, rank, colour }: DrawnRoute,
  columns: readonly Column[],
  focus: Focus,
): HTMLElement {
  const swatch = element("span", { className: "swatch", ariaHidden: "true" });
  swatch.style.background = colour;
  const number = element("span", { className: "number" }, String(rank));
  const tags = element(
    "span",
    { className: "tags" },
    ...route.tags.map((tag) => element("span", { className: "tag" }, tag)),
  );
  const button = element("button", { type: "button", className: "pick" }, number, swatch, tags);
  button.ariaLabel = `Route ${[rank, ...route.tags].join(", ")}: ${columns
    .map(({ title, unit, text }) => `${title} ${text(route)} ${unit}`)
    .join(", ")}`;
  button.addEventListener("focus", () => focus.hover(route.id));
  button.addEventListener("blur", () => focus.hover(undefined));
  const row = element(
    "tr",
    {},
    element("th", { scope: "row" }, button),
    ...columns.map(({ text }) => element("td", {}, text(route))),
  );
  row.dataset["routeId"] = route.id;
  row.addEventListener("click", () => focus.select(route.id));
  row.addEventListener("pointerenter", () => focus.hover(route.id));
  row.addEventListener("pointerleave", () => focus.hover(undefined));
  return row;
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function moveWithArrows(event: KeyboardEvent): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || !(event.currentTarget instanceof HTMLElement)) {
    return;
  }
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button.pick")];
  const current = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[current + step];
  if (next !== undefined) {
    event.preventDefault();
    next.focus();
    next.click();
  }
}

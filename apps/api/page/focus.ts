/** Which route is selected, and which one the pointer or the keyboard is on. */
export interface Focus {
  readonly selected: () => string | undefined;
  readonly hovered: () => string | undefined;
  /** The hovered route, or else the selected one. */
  readonly active: () => string | undefined;
  select(routeId: string | undefined): void;
  hover(routeId: string | undefined): void;
  /** Calls back after every change. */
  subscribe(listener: () => void): void;
}

/** The one focus that map, chart, table and profile share. */
export function createFocus(): Focus {
  const listeners: (() => void)[] = [];
  let selected: string | undefined;
  let hovered: string | undefined;
  const tell = (): void => {
    for (const listener of listeners) {
      listener();
    }
  };
  return {
    selected: () => selected,
    hovered: () => hovered,
    active: () => hovered ?? selected,
    select(routeId) {
      selected = routeId;
      tell();
    },
    hover(routeId) {
      if (routeId !== hovered) {
        hovered = routeId;
        tell();
      }
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}

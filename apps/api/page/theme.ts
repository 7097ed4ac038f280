/** Light or dark, as the system asks for. */
export type Theme = "light" | "dark";

const DARK = "(prefers-color-scheme: dark)";

/** The theme asked for now. */
export function currentTheme(): Theme {
  return matchMedia(DARK).matches ? "dark" : "light";
}

/** Calls back when the theme changes. */
export function onThemeChange(listener: (theme: Theme) => void): void {
  matchMedia(DARK).addEventListener("change", () => listener(currentTheme()));
}

/** A colour of the style sheet, for things drawn on a canvas. */
export function cssColour(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

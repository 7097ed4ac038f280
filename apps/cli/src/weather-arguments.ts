import { PRECIPITATIONS } from "@gradeway/route-core";

import { parseNumber, parseNumbers } from "./command-arguments.ts";

/** Arguments that tell the weather of a trip. */
export const weatherArgs = {
  "temperature-c": { type: "string", description: "Air temperature; default 15" },
  "pressure-hpa": {
    type: "string",
    description: "Air pressure at the height of the road; default 1013.25",
  },
  wind: {
    type: "string",
    valueHint: "M/S,DEGREES",
    description: "Wind and where it comes from, clockwise from north; default the mean of all",
  },
  precipitation: {
    type: "string",
    valueHint: PRECIPITATIONS.join("|"),
    description: "Rain or snow",
  },
  "low-visibility": { type: "boolean", default: false, description: "Fog" },
} as const;

/** What was given of them. */
interface GivenWeather {
  readonly "temperature-c"?: string | undefined;
  readonly "pressure-hpa"?: string | undefined;
  readonly wind?: string | undefined;
  readonly precipitation?: string | undefined;
  readonly "low-visibility": boolean;
}

/** The weather of a request, unchecked; left out where nothing of it was given. */
export function weatherOf(given: GivenWeather): { readonly weather?: object } {
  const { wind, precipitation } = given;
  const number = (name: "temperature-c" | "pressure-hpa", field: string): object => {
    const text = given[name];
    return text === undefined ? {} : { [field]: parseNumber(name, text) };
  };
  const weather = {
    ...number("temperature-c", "temperatureC"),
    ...number("pressure-hpa", "pressureHpa"),
    ...(wind === undefined ? {} : { wind: parseWind(wind) }),
    ...(precipitation === undefined ? {} : { precipitation }),
    ...(given["low-visibility"] ? { lowVisibility: true } : {}),
  };
  return Object.keys(weather).length > 0 ? { weather } : {};
}

function parseWind(text: string): object {
  const [speedMps, fromDeg, ...more] = parseNumbers("wind", text);
  // A number too many must not be lost: the form is checked with it.
  return { speedMps, fromDeg, ...(more.length > 0 ? { more } : {}) };
}

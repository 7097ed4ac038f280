declare module "@mapbox/polyline" {
  /** Positions are `[lat, lon]`. */
  export function decode(text: string, precision?: number): [number, number][];
  export function encode(positions: readonly (readonly number[])[], precision?: number): string;
}

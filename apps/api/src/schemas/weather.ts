import { PRECIPITATIONS } from "@gradeway/route-core";
import { z } from "zod";

/** Form of the weather of a request; its ranges are those of `Weather`. */
export const weatherSchema = z.strictObject({
  temperatureC: z.number().min(-50).max(55).exactOptional(),
  pressureHpa: z.number().min(500).max(1100).exactOptional(),
  wind: z
    .strictObject({ speedMps: z.number().min(0).max(40), fromDeg: z.number().min(0).max(360) })
    .exactOptional(),
  precipitation: z.enum(PRECIPITATIONS).exactOptional(),
  lowVisibility: z.boolean().exactOptional(),
});

import { reasonText } from "@gradeway/quality-gates";

import { measureImport } from "./import-measurement.ts";

/** One import in a fresh process: OSM file, tiles, target; prints the measurement as JSON. */
const [osm = "", tiles = "", directory = ""] = process.argv.slice(2);
try {
  console.log(JSON.stringify(await measureImport(osm, tiles, directory)));
} catch (error) {
  console.error(reasonText(error));
  process.exitCode = 1;
}

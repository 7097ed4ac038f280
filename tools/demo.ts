/*
 * `pnpm demo`: generates the synthetic sample county, imports it with the production importer, and
 * serves it with the page on PORT (default 8080).
 */
import { fileURLToPath } from "node:url";

import { serveRegion } from "@gradeway/cli";
import { isReasonError } from "@gradeway/reason-codes";
import { buildSampleRegion } from "@gradeway/sample-region";

const directory = fileURLToPath(new URL("../out/demo", import.meta.url));
const portText = process.env["PORT"] || "8080";
const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
if (!(port <= 65_535)) {
  console.error(`PORT must be a whole number from 0 to 65535, not ${JSON.stringify(portText)}.`);
  process.exit(1);
}

console.log("Building the sample county ...");
const startedAtMs = performance.now();
const { sample, report } = await buildSampleRegion(`${directory}/source`, `${directory}/region`);
const seconds = (performance.now() - startedAtMs) / 1000;
const { nodes, edges, lengthKm } = report.summary;
console.log(
  `${sample.name}: ${nodes} junctions, ${edges} edges, ${lengthKm.toFixed(0)} km of road, built in ${seconds.toFixed(1)} s`,
);
const { from, to } = sample.demo;
try {
  const server = await serveRegion({
    directory: `${directory}/region`,
    port,
    // Its own tiles, so that strict trips work without a network too.
    tiles: `${directory}/source/geotiff`,
    tilesAttribution: "Synthetic elevation, not a real place",
    demo: { origin: [from.lon, from.lat], destination: [to.lon, to.lat] },
    environment: process.env,
    logRequests: false,
  });
  const stop = (): void => void server.close();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  await server.ready;
  console.log(`\nOpen ${server.url} - from ${from.name} to ${to.name}. Stop with Ctrl+C.`);
} catch (error) {
  if (!isReasonError(error, "request_invalid")) throw error;
  const isPort = error.details.issues.some((issue) => issue.pointer === "/port");
  console.error(`${error.message}${isPort ? " For example: PORT=8081 pnpm demo" : ""}`);
  process.exitCode = 1;
}

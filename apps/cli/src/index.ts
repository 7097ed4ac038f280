export { type RegionServer, serveRegion, type ServeRegionOptions } from "./serve-region.ts";

export { type BuiltSampleRegion, buildSampleRegion } from "./build-sample-region.ts";
export type {
  DemoPlace,
  SampleRegion,
  SampleRegionOptions,
  SampleTollFacility,
} from "./generate-sample-region.ts";
export { generateSampleRegion } from "./generate-sample-region.ts";
export { sampleDataSet } from "./sample-data-set.ts";
export { writeSampleRegion } from "./write-sample-region.ts";

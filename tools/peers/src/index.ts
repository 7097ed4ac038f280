export {
  buildYardstick,
  type BuildYardstickOptions,
  type BuiltYardstick,
  compilerVersion,
  NoCompilerError,
} from "./build-yardstick.ts";
export { type FrontPair, parseFrontPairs } from "./front-pairs.ts";
export {
  fillTemplate,
  ROUTER_SHAPES,
  type RouterAnswer,
  type RouterName,
  type RouterShape,
} from "./router-shapes.ts";
export {
  type RouterSummary,
  summarise,
  type TimedTrip,
  timeRouter,
  type TimeRouterOptions,
} from "./time-router.ts";
export { parseTrips, type Trip } from "./trips.ts";
export {
  startYardstick,
  type Yardstick,
  type YardstickFronts,
  type YardstickOptions,
  type YardstickRequest,
} from "./yardstick-process.ts";
export type { YardstickAnswer, YardstickGraph } from "./yardstick-reply.ts";

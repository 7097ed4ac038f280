export { noRouteCode } from "@gradeway/reason-codes";

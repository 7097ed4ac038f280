export { NO_ROUTE_CODES, noRouteCode } from "./no-route.ts";
export type { ReasonCode } from "./reason-codes.ts";
export { REASON_CODES } from "./reason-codes.ts";
export type { ReasonDefinition } from "./reason-definition.ts";
export type { Issue, ReasonDetails } from "./reason-details.ts";
export type { ReasonErrorData } from "./reason-error.ts";
export { isReasonCode, isReasonError, ReasonError } from "./reason-error.ts";
export type { Warning, WarningCode } from "./warning-codes.ts";
export { createWarning, WARNING_CODES } from "./warning-codes.ts";

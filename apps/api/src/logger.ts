/** Where the server tells what happened; one event with its facts per call. */
export interface Logger {
  info(event: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(event: string, facts?: Readonly<Record<string, unknown>>): void;
  error(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Writes one JSON line per event. */
export function createJsonLogger(write: (line: string) => void, now: () => Date): Logger {
  const log =
    (level: string) =>
    (event: string, facts: Readonly<Record<string, unknown>> = {}): void => {
      write(`${JSON.stringify({ time: now().toISOString(), level, event, ...facts })}\n`);
    };
  return { info: log("info"), warn: log("warn"), error: log("error") };
}

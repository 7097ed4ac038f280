/** Seconds as `h:mm:ss`, or `m:ss` when no hour is needed. */
export function clock(seconds: number, withHours = seconds >= 3600): string {
  const whole = Math.round(seconds);
  const s = String(whole % 60).padStart(2, "0");
  const m = Math.floor(whole / 60);
  return withHours ? `${Math.floor(m / 60)}:${String(m % 60).padStart(2, "0")}:${s}` : `${m}:${s}`;
}

/** A number with a fixed number of decimals. */
export function fixed(value: number, decimals: number): string {
  return value.toLocaleString("en-GB", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** A number, or what stands for one that is not known. */
export function fixedOrUnknown(value: number | null, decimals: number): string {
  return value === null ? "?" : fixed(value, decimals);
}

/** A difference with its sign; a real minus, and no sign on zero. */
export function signed(value: number, decimals: number): string {
  const text = fixed(Math.abs(value), decimals);
  return Number(text.replaceAll(",", "")) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/** A time difference with its sign. */
export function signedClock(seconds: number): string {
  const whole = Math.round(seconds);
  return whole === 0 ? "0:00" : `${whole < 0 ? "−" : "+"}${clock(Math.abs(whole))}`;
}

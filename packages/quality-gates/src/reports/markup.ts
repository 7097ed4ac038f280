/** Text for HTML and SVG. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/**
 * Text for Markdown, as one line: nothing in it is markup, HTML or an entity. Underscores within words
 * are none.
 */
export function escapeMarkdown(text: string): string {
  return withoutControls(text)
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll(/[\\`*[\]<>&~#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`);
}

/** Text with U+FFFD for what neither XML 1.0 nor a terminal should be given; line breaks become "\n". */
export function withoutControls(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(
    // oxlint-disable-next-line no-control-regex -- these are what is replaced
    /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Surrogate}/gu,
    "\uFFFD",
  );
}

/** A figure as people read it: few digits, thousands apart. */
export function figureText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en-GB");
  return Number(value.toPrecision(4)).toLocaleString("en-GB", { maximumFractionDigits: 6 });
}

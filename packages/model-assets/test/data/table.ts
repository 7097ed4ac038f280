/** Lines of a table written with bars: header first; cells are trimmed. */
export function tableOf(text: string): { header: string[]; rows: string[][] } {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const [header = [], ...rows] = lines;
  return { header, rows };
}

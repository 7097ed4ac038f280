import { escapeMarkup } from "@gradeway/quality-gates";

/** Bars of one factor around what it was before. */
export interface TornadoBar {
  readonly title: string;
  /** Per cent, with what was changed; one or two. */
  readonly values: readonly { readonly label: string; readonly percent: number }[];
}

const ROW_PX = 26;
const BAR_PX = 16;
const LEFT_PX = 190;
const PLOT_PX = 420;
const EDGE_PX = 130;
const HEAD_PX = 34;

/** Changes below this would read as none, per cent. */
const LEAST_PERCENT = 0.005;

/**
 * A tornado chart as SVG: the factor that moves most on top, one colour per direction of the change.
 * What moves nothing is left out.
 */
export function tornadoSvg(title: string, bars: readonly TornadoBar[]): string {
  const reach = ({ values }: TornadoBar): number =>
    Math.max(0, ...values.map(({ percent }) => Math.abs(percent)));
  const sorted = bars
    .map((bar) => ({
      ...bar,
      values: bar.values.filter(({ percent }) => Math.abs(percent) >= LEAST_PERCENT),
    }))
    .filter(({ values }) => values.length > 0)
    .toSorted((a, b) => reach(b) - reach(a));
  const most = Math.max(1e-9, ...sorted.map(reach));
  const middle = LEFT_PX + EDGE_PX + PLOT_PX / 2;
  const x = (percent: number): number => middle + ((PLOT_PX / 2) * percent) / most;
  const width = LEFT_PX + PLOT_PX + 2 * EDGE_PX;
  const height = HEAD_PX + ROW_PX * sorted.length + 8;
  const rows = sorted.map((bar, row) => {
    const y = HEAD_PX + ROW_PX * row;
    const texts = bar.values.map(({ label, percent }) => {
      const from = Math.min(x(0), x(percent));
      const wide = Math.abs(x(percent) - x(0));
      const isRight = percent >= 0;
      const kind = label.startsWith("+") ? "up" : "down";
      const textX = isRight ? x(percent) + 4 : x(percent) - 4;
      return (
        `<rect class="${kind}" x="${from.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${BAR_PX}"/>` +
        `<text x="${textX.toFixed(1)}" y="${y + 12}" text-anchor="${isRight ? "start" : "end"}">` +
        `${escapeMarkup(`${signed(percent)} (${label})`)}</text>`
      );
    });
    return `<text class="name" x="${LEFT_PX - 8}" y="${y + 12}" text-anchor="end">${escapeMarkup(bar.title)}</text>${texts.join("")}`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escapeMarkup(title)}</title>` +
    `<text class="head" x="8" y="18">${escapeMarkup(title)}</text>` +
    `<line x1="${middle}" y1="${HEAD_PX - 6}" x2="${middle}" y2="${height - 4}"/>` +
    `${rows.join("")}</svg>`
  );
}

/** Per cent with its sign. */
export function signed(percent: number): string {
  return `${percent < 0 ? "" : "+"}${percent.toFixed(2)} %`;
}

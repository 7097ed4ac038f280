/** A dot on the chart, in pixels. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Where a name stands beside its dot. */
export interface LabelPlace {
  readonly dx: number;
  readonly dy: number;
  readonly anchor: "start" | "middle" | "end";
}

/** A rectangle on the chart, in pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const CHARACTER_WIDTH = 6.4;
const HALF_LINE = 7;

/**
 * Picks for each name the first place beside its dot that covers no other dot, no other name and no
 * edge; the least crowded one when there is none.
 */
export function placeLabels(
  labels: readonly { readonly dot: Dot; readonly text: string }[],
  dots: readonly Dot[],
  room: Box,
): LabelPlace[] {
  const taken: Box[] = [];
  return labels.map(({ dot, text }) => {
    const gap = dot.radius + 4;
    const candidates: readonly LabelPlace[] = [
      { dx: 0, dy: -gap - HALF_LINE, anchor: "middle" },
      { dx: 0, dy: gap + HALF_LINE, anchor: "middle" },
      { dx: gap, dy: 0, anchor: "start" },
      { dx: -gap, dy: 0, anchor: "end" },
      { dx: -gap, dy: -gap, anchor: "end" },
      { dx: gap, dy: -gap, anchor: "start" },
      { dx: -gap, dy: gap + 4, anchor: "end" },
      { dx: gap, dy: gap + 4, anchor: "start" },
      { dx: 0, dy: -gap - 3 * HALF_LINE, anchor: "middle" },
    ];
    const rated = candidates.map((place) => {
      const box = boxOf(dot, text, place);
      const covered = dots.filter((other) => other !== dot && covers(box, boxAround(other))).length;
      const crossed = taken.filter((other) => covers(box, other)).length;
      const cut = contains(room, box) ? 0 : 1;
      return { place, box, penalty: covered + 3 * crossed + 3 * cut };
    });
    const best = rated.reduce((a, b) => (b.penalty < a.penalty ? b : a));
    taken.push(best.box);
    return best.place;
  });
}

function boxOf(dot: Dot, text: string, { dx, dy, anchor }: LabelPlace): Box {
  const length = text.length * CHARACTER_WIDTH;
  const start = anchor === "start" ? 0 : anchor === "end" ? -length : -length / 2;
  const [left, middle] = [dot.x + dx + start, dot.y + dy];
  return { left, right: left + length, top: middle - HALF_LINE, bottom: middle + HALF_LINE };
}

function boxAround({ x, y, radius }: Dot): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function contains(room: Box, box: Box): boolean {
  return (
    box.left >= room.left &&
    box.right <= room.right &&
    box.top >= room.top &&
    box.bottom <= room.bottom
  );
}

function covers(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

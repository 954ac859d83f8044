/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Between columns, and between the items of a column. */
export const GAP = { x: 70, y: 4 };
/** How far below the way there the way back is drawn. */
const BACK = 11;

const n = (value: number) => `${Math.round(value * 10) / 10}`;

/** A curve through boxes, which leaves and enters at their sides; between boxes of one column it swings out to the right. */
export function curve(stops: readonly Box[]): string {
  const [first] = stops;
  if (first === undefined) return '';
  const parts: string[] = [];
  for (let i = 0; i + 1 < stops.length; i += 1) {
    const [a, b] = [stops[i], stops[i + 1]];
    if (a === undefined || b === undefined) continue;
    if (a === b) {
      const [right, middle] = [a.x + a.width, a.y + a.height / 2];
      return `M${n(right)} ${n(middle - 10)}C${n(right + 34)} ${n(middle - 22)} ${n(right + 34)} ${n(middle + 22)} ${n(right)} ${n(middle + 10)}`;
    }
    const [ay, by] = [a.y + a.height / 2, b.y + b.height / 2];
    const same = a.x === b.x;
    const rightwards = same || b.x > a.x;
    const ax = rightwards ? a.x + a.width : a.x;
    const bx = same ? b.x + b.width : rightwards ? b.x : b.x + b.width;
    // Where two call each other, the way back is drawn beside the way there.
    const [out, into] = rightwards ? [ay, by] : [ay + (i === 0 ? BACK : 0), by + (i + 2 === stops.length ? BACK : 0)];
    const bend = same ? GAP.x * 0.6 : (bx - ax) / 2;
    parts.push(i === 0 ? `M${n(ax)} ${n(out)}` : `L${n(ax)} ${n(out)}`);
    parts.push(`C${n(ax + bend)} ${n(out)} ${n(same ? bx + bend : bx - bend)} ${n(into)} ${n(bx)} ${n(into)}`);
  }
  return parts.join('');
}

/** A curve between a box above and one below. */
export function straight(a: Box, b: Box): string {
  const down = b.y > a.y;
  const [ax, bx] = [a.x + a.width / 2, b.x + b.width / 2];
  const [ay, by] = down ? [a.y + a.height, b.y] : [a.y, b.y + b.height];
  const bend = (by - ay) / 2;
  return `M${n(ax)} ${n(ay)}C${n(ax)} ${n(ay + bend)} ${n(bx)} ${n(by - bend)} ${n(bx)} ${n(by)}`;
}

// Bins of predicted risk that each hold enough people with the event and enough without: one step is never one person.
import { ascending } from '../order';

/** The bin of every row, from 0 for the lowest risks. */
export interface Bins {
  readonly bin: Int32Array;
  readonly count: number;
}

/**
 * At most `most` bins of about equal size, widened until each holds `least` people of either outcome; what is left at
 * the top joins the last one. Rows of equal risk are never parted. One bin where there are too few people for two.
 */
export function binsOf(
  { y, risk, person }: { y: Float64Array; risk: Float64Array; person: Int32Array },
  { most, least }: { most: number; least: number },
): Bins {
  const order = ascending(risk);
  const ends: number[] = [];
  let seen = { events: new Set<number>(), others: new Set<number>(), rows: 0 };
  const isFull = () =>
    seen.rows >= Math.ceil(order.length / most) && seen.events.size >= least && seen.others.size >= least;
  order.forEach((row, at) => {
    (y[row] === 1 ? seen.events : seen.others).add(person[row]!);
    seen.rows += 1;
    const isLastOfRisk = at + 1 === order.length || risk[order[at + 1]!] !== risk[row];
    if (!isLastOfRisk || !isFull()) return;
    ends.push(at);
    seen = { events: new Set(), others: new Set(), rows: 0 };
  });
  if (seen.rows > 0) ends.pop();
  const bin = new Int32Array(order.length);
  order.forEach((row, at) => {
    const found = ends.findIndex((end) => at <= end);
    bin[row] = found < 0 ? ends.length : found;
  });
  const count = bin.reduce((highest, own) => Math.max(highest, own), 0) + 1;
  return { bin, count };
}

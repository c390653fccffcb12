// Sums of disjoint cells on both sides, compared exhaustively: each choice on the smaller side has one best answer on the other.

/** People whom a cell of one's own table and one of another have in common. */
export interface Shared {
  readonly own: number;
  readonly other: number;
  readonly people: number;
}

interface Sizes {
  readonly own: readonly number[];
  readonly other: readonly number[];
}

/** Steps beyond which a group is left to a person: about a tenth of a second. */
const MOST_STEPS = 1_000_000;

/**
 * Looks within one group of tied cells for a sum of cells on one side that contains a sum on the other and differs from
 * it by few people. Of all sums that a choice of cells contains, that of all cells it contains is nearest; of all that
 * contain it, that of all it touches: so going through the choices of one side goes through all sums of both. Adds to
 * `hidden` the smallest of one's own cells for each fault that no hidden cell undoes; false if there are too many choices.
 */
export function searchSums(
  group: readonly Shared[],
  sizes: Sizes,
  isClose: (difference: number) => boolean,
  hidden: Set<number>,
): boolean {
  const own = [...new Set(group.map((each) => each.own))];
  const other = [...new Set(group.map((each) => each.other))];
  // A single cell on a side was compared with every sum of the other already.
  if (Math.min(own.length, other.length) < 2) return true;
  const isOwnChosen = own.length <= other.length;
  const [chosen, answering] = isOwnChosen ? [own, other] : [other, own];
  if (2 ** chosen.length * (group.length / chosen.length) > MOST_STEPS) return false;
  const choice = new Choice(group, isOwnChosen, {
    chosen: isOwnChosen ? sizes.own : sizes.other,
    answering: isOwnChosen ? sizes.other : sizes.own,
  });
  // Gray's order: from one choice to the next a single cell enters or leaves.
  for (let step = 1; step < 2 ** chosen.length; step += 1) {
    choice.turn(chosen[31 - Math.clz32(step & -step)]!);
    for (const answer of choice.answers(answering)) {
      if (!isClose(answer.difference())) continue;
      const involved = isOwnChosen ? choice.cells() : answer.cells();
      if (involved.some((cell) => hidden.has(cell))) continue;
      hidden.add(involved.reduce((least, cell) => (sizes.own[cell]! < sizes.own[least]! ? cell : least)));
    }
  }
  return true;
}

interface Answer {
  difference(): number;
  cells(): number[];
}

/** A choice of cells on one side, and how much of each cell of the other lies in it. */
class Choice {
  private readonly links = new Map<number, { cell: number; people: number }[]>();
  private readonly isIn = new Set<number>();
  private readonly inside = new Map<number, number>();
  private size = 0;
  /** People of the other side's cells that lie in it whole, and of all that touch it; people of it in any of them. */
  private contained = 0;
  private touched = 0;
  private covered = 0;

  constructor(
    group: readonly Shared[],
    isOwnChosen: boolean,
    private readonly sizes: { readonly chosen: readonly number[]; readonly answering: readonly number[] },
  ) {
    for (const { own, other, people } of group) {
      const [cell, answer] = isOwnChosen ? [own, other] : [other, own];
      const links = this.links.get(cell) ?? [];
      links.push({ cell: answer, people });
      this.links.set(cell, links);
    }
  }

  turn(cell: number): void {
    const sign = this.isIn.has(cell) ? -1 : 1;
    if (sign > 0) this.isIn.add(cell);
    else this.isIn.delete(cell);
    this.size += sign * this.sizes.chosen[cell]!;
    for (const { cell: answer, people } of this.links.get(cell) ?? []) {
      const [before, size] = [this.inside.get(answer) ?? 0, this.sizes.answering[answer]!];
      const after = before + sign * people;
      this.inside.set(answer, after);
      this.covered += sign * people;
      this.contained += (after === size ? size : 0) - (before === size ? size : 0);
      this.touched += (after > 0 ? size : 0) - (before > 0 ? size : 0);
    }
  }

  cells(): number[] {
    return [...this.isIn];
  }

  /** The nearest sum that it contains, and the nearest that contains it. */
  answers(answering: readonly number[]): Answer[] {
    const within = (isPart: (inside: number, cell: number) => boolean) => () =>
      answering.filter((cell) => isPart(this.inside.get(cell) ?? 0, cell));
    const [size, contained, touched] = [this.size, this.contained, this.touched];
    return [
      ...(contained > 0
        ? [
            {
              difference: () => size - contained,
              cells: within((inside, cell) => inside === this.sizes.answering[cell]),
            },
          ]
        : []),
      ...(this.covered === size
        ? [{ difference: () => touched - size, cells: within((inside) => inside > 0) }]
        : []),
    ];
  }
}

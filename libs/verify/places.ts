// The places of entries in the log: proofs as their lines say them, each behind the one before and under the signed head.
import { z } from 'zod';
import type { TreeHead } from '#libs/log';
import { Inclusions } from './inclusion';
import type { Lines } from './lines';
import { pathOf, plainProof } from './paths';
import type { Proof } from './paths';
import type { Told } from './told';
import { failing } from './verdict';

/** How a line writes a place. */
export const PLACE = {
  index: z.int().nonnegative(),
  size: z.int().positive(),
  path: z.array(z.string()).max(64),
};
const ProofLine = z.strictObject(PLACE);

/** The proof in a line. One that is plain is only looked at: whoever finds that it proves nothing asks `saidProof`. */
export const proofIn = (line: Lines): Proof =>
  plainProof(line.bytes, line.start, line.end) ?? saidProof(line);

/** The proof in a line that is whole, as JSON and in every part. */
export const saidProof = (line: Lines): Proof => proofOf(placeIn(line));

/** A place as its line writes it. */
export const placeIn = (line: Lines): z.infer<typeof ProofLine> => line.said(ProofLine);

export const proofOf = ({ index, size, path }: z.infer<typeof ProofLine>): Proof => ({
  index,
  size,
  path: pathOf(path),
});

export class Places {
  private readonly inclusions: Inclusions;
  /** Of the places looked out for, those that were followed. */
  readonly met = new Set<number>();
  private before = -1;

  constructor(
    private readonly head: TreeHead,
    private readonly watched: ReadonlySet<number>,
  ) {
    this.inclusions = new Inclusions(head);
  }

  /** Fails unless it is a place in this log, behind the one before. */
  follow({ index, size }: Proof, where: () => Told): void {
    if (size !== this.head.size)
      throw failing('verifier.place.otherLog', {
        ...{ where: where(), size: `${size}`, head: `${this.head.size}` },
      });
    if (index <= this.before)
      throw failing('verifier.place.outOfOrder', {
        ...{ where: where(), index: `${index}`, after: `${this.before}` },
      });
    this.before = index;
    if (this.watched.has(index)) this.met.add(index);
  }

  /** Whether a leaf of this hash, in base64, is proved to be there. */
  isProved(leaf: string, { index, path }: Proof): boolean {
    return path !== null && this.inclusions.isProved(leaf, index, path);
  }
}

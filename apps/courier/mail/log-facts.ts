// What mails about the log say: the head to keep with every sign-off recorded in the name of the addressee's organisation, and that gates
// closed because something differs, or are open again.
import { tenureAt } from '#libs/domain';
import { toBase64 } from '#libs/log';
import type { Facts, Writing } from './facts';

export async function logHeadFacts({ reading, side, order }: Writing): Promise<Facts | null> {
  const tenure = tenureAt(side.programme.people[order.person], side.now);
  const head = await reading.head(Number(order.about));
  if (!tenure || head === null) return null;
  const signOffs = await reading.signOffsOf(tenure.organisation);
  const lines = signOffs.map(
    ({ stream, version, at, choice, person }) => `${stream}/${version}\t${at}\t${choice}\t${person}\n`,
  );
  return {
    ...{ about: order.about, logPosition: String(head.size), logRoot: toBase64(head.root) },
    signOffs: String(signOffs.length),
    attachments: [
      { filename: 'checkpoint.txt', contentType: 'text/plain; charset=utf-8', content: head.note },
      { filename: 'sign-offs.txt', contentType: 'text/plain; charset=utf-8', content: lines.join('') },
    ],
  };
}

type Told = Pick<Writing, 'reading' | 'order' | 'language'>;

/** Nobody is told of what agrees again meanwhile. What was found stands there by its kind; where it was found, which may name people, only the operator reads. */
export async function gatesClosedFacts({ reading, order, language }: Told): Promise<Facts | null> {
  const found = (await reading.closures()).find(({ kind }) => kind === order.about);
  return found ? { reason: foundBy(found.kind, language), recordedAt: found.at } : null;
}

/** Nobody hears that gates are open which something else keeps closed: the last of them says so. */
export async function gatesOpenFacts({ reading, order, language }: Told): Promise<Facts | null> {
  const closures = await reading.closures();
  return closures.length === 0 ? { reason: foundBy(order.about, language) } : null;
}

const foundBy = (kind: string, language: Writing['language']): string =>
  language.known(`alert.kind.${kind}`) ?? kind;

// What the mailed head of the log says: the head to keep, and every sign-off recorded in the name of the addressee's organisation.
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

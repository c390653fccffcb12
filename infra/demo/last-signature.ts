// The sign-off that is left for the newcomer: the demonstration says which mail to open, and waits for their answer.
import { setTimeout as pause } from 'node:timers/promises';
import { called, NEWCOMER, PEOPLE } from './cast';
import { hasAnswered } from './tour';
import type { Tour } from './tour';
import type { Checkpoint } from './views';

const LOOK_EVERY_MS = 1_000;

/** True when the newcomer approved. With `--once` the demonstration answers in their place. */
export async function lastSignature(tour: Tour, release: string): Promise<boolean> {
  const checkpoint = await tour.asked('TRUST', release);
  const mail = await tour.request(NEWCOMER, checkpoint);
  const { ending } = tour;
  if (ending.once) {
    await tour.step(
      'last',
      `${called(NEWCOMER)}, gives the last sign-off`,
      'Without --once it would have been left for you.',
      () => tour.sign(NEWCOMER, checkpoint),
    );
    return true;
  }
  if (!isOver(checkpoint, tour.person(NEWCOMER))) {
    invite(tour, tour.inbox.pageOf(mail));
    ending.tellWaiting();
  }
  const answered = await answer(tour, release);
  return conclude(tour, answered);
}

/** How somebody of the demonstration comes to their own pages. */
export const signingIn = ({ places }: Tour, who: keyof typeof PEOPLE): string =>
  `${places.api}/app: sign in as ${PEOPLE[who].address}; the code comes to the inbox.`;

function invite(tour: Tour, page: string): void {
  const { report } = tour;
  const { name, part } = PEOPLE[NEWCOMER];
  report.chapter('Now it is your move');
  report.note(`Everybody else has signed. One sign-off is left: yours, as ${name}, ${part}.`);
  report.blank();
  report.note(`1. Open your mail:  ${page}`);
  report.note(
    '2. Follow its link, read what would be released, to whom and why, and what one signer put on record.',
  );
  report.note(
    '3. Choose, and type a name. A code comes by mail to the same inbox; give it, and your decision is recorded.',
  );
  report.blank();
  report.note(
    'Approve, and the data opens and is analysed within seconds, here. Any other answer keeps it closed.',
  );
  report.blank();
  report.note(`What else you may see of the project: ${signingIn(tour, NEWCOMER)}`);
}

/** Waits as long as the newcomer likes; a round that nobody answers lapses by itself. */
async function answer(tour: Tour, release: string): Promise<Checkpoint> {
  for (;;) {
    const checkpoint = await tour.asked('TRUST', release).catch(() => undefined);
    if (checkpoint && isOver(checkpoint, tour.person(NEWCOMER))) return checkpoint;
    await pause(LOOK_EVERY_MS);
  }
}

const isOver = (checkpoint: Checkpoint, person: string): boolean =>
  checkpoint.current.status !== 'OPEN' || hasAnswered(checkpoint, person);

function conclude(tour: Tour, { current }: Checkpoint): boolean {
  const yours = current.decisions.findLast(({ person }) => person.id === tour.person(NEWCOMER));
  if (current.status === 'SETTLED') {
    tour.report.chapter('You approved');
    return true;
  }
  tour.report.chapter(`Your answer: ${yours?.choice ?? 'none'}`);
  tour.report.note(
    `The round is ${current.status}, so the release stays closed and nothing of it is read. That is the whole point: ` +
      'nobody else can open it in your place. Begin anew with `npm start -- --reset` to see the other end.',
  );
  return false;
}

// What every wave after the first has alike: rows asked for and granted, a release that rests on the waves before it.
import type { Done } from './api';
import { called } from './cast';
import { PURPOSE, SOURCE } from './data-terms';
import { awaitRelease, deposit, prepare } from './deeds';
import type { Tour } from './tour';

/** An institution of the agreement, or a holder whose data an earlier wave released. */
type Party = 'university' | 'council' | 'holder';

export interface FurtherWave {
  readonly number: number;
  /** The release it rests on. */
  readonly cites: string;
  readonly methods: readonly string[];
  readonly rows: { readonly fields: readonly { readonly name: string }[] };
  readonly why: string;
  readonly summary: string;
  readonly grants: string;
  readonly saysMore: string;
  /** What earlier waves gave each party, and what they cost it. */
  readonly account: Readonly<Record<Party, readonly [gave: string, cost: string]>>;
}

const fieldsOf = ({ rows }: FurtherWave): string[] =>
  rows.fields.map(({ name }) => name).filter((name) => name !== 'person');

export const requestOf = (tour: Tour, wave: FurtherWave) => ({
  holder: tour.organisation('holder'),
  ask: {
    ...{ source: SOURCE, fields: fieldsOf(wave), tier: 'DEIDENTIFIED' },
    ...{ purpose: PURPOSE, methods: wave.methods, linkage: false },
  },
  rationale: { text: wave.why, cites: [wave.cites] },
  summary: wave.summary,
});

/** Rows asked for, granted, prepared by their holder, deposited and accepted; gives the request's id. */
export async function grantOfRows(tour: Tour, wave: FurtherWave): Promise<string> {
  const { number, rows } = wave;
  const { id } = await tour.step(
    `r${number}`,
    `${called('lead')}, asks for rows; the rationale cites the release before`,
    'A further wave rests on the ones before it, and says how.',
    () => tour.as('lead').post<Done>(tour.at('/requests'), requestOf(tour, wave)),
  );
  await tour.step(`r${number} answer`, `${called('holder')}, ${wave.grants}`, '', () =>
    tour.as('holder').post(tour.at(`/requests/${id}/answer`), {
      outcome: 'GRANTED',
      grant: {
        ...{ tier: 'DEIDENTIFIED', fields: fieldsOf(wave), depositAs: rows, releaseAs: rows },
        expires: tour.memory.inDays(300),
      },
    }),
  );
  await tour.step(
    number === 2 ? 'rows' : `rows ${number}`,
    '`parley prepare` puts pseudonyms for people; the rows are deposited and accepted',
    '',
    async () => {
      const { isAccepted } = await deposit(tour, id, (await prepare(tour, rows)).file);
      if (!isAccepted) throw new Error('The prepared rows should have been accepted, and were refused');
    },
  );
  return id;
}

/** The release as its lead proposes it, sealed, and what the waves before it gave and cost; gives the release's id. */
export async function proposedWave(tour: Tour, request: string, wave: FurtherWave): Promise<string> {
  const before = wave.number === 2 ? 'the first wave' : 'the waves before it';
  const { id } = await tour.step(
    `rel${wave.number}`,
    `${called('lead')}, proposes it, with an account of what ${before} gave and cost`,
    '',
    async () => {
      const done = await tour.as('lead').post<Done>(tour.at('/releases'), {
        ...{ requests: [request], tier: 'DEIDENTIFIED', purpose: PURPOSE, methods: wave.methods },
        ...{ readers: [tour.person('researcher')], expires: tour.memory.inDays(200) },
        rationale: { text: wave.saysMore, cites: [wave.cites] },
      });
      await tour.as('lead').post(tour.at('/benefits'), {
        wave: wave.number,
        parties: Object.entries(wave.account).map(([party, [gave, cost]]) => ({
          ...{ organisation: tour.organisation(party as Party), gave, cost },
        })),
        summary: `What ${before} gave and cost, party by party.`,
      });
      await awaitRelease(tour, done.id, 'SEALED');
      return done;
    },
  );
  return id;
}

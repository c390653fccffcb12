// Makes the page of a deposit as the holder's custodian reads it: what was granted and signed, and what has become of the file.
import { depositDestructionDue, depositStatus, grantStands, whyNotDeposit } from '#libs/domain';
import type { DataRequest, Deposit, Grant, ProjectState } from '#libs/domain';
import type { Language } from '#libs/language';
import { contentCode } from '#libs/web';
import type { Reading, Side } from '../reading';
import { said } from '../signing/page';
import { fieldTerms, fileTerms } from './grant';
import { shownReport } from './report';
import { endsOf, whereabouts } from './whereabouts';

export interface DepositSide extends Side {
  project: ProjectState;
}

export interface DepositPlace {
  side: DepositSide;
  deposit: Deposit;
  request: DataRequest;
  person: string;
}

/** What a person can do on the page now. */
export type DepositState =
  'OPEN' | 'TOO_EARLY' | 'CLOSED' | 'RECEIVED' | 'ACCEPTED' | 'REFUSED' | 'DESTROYED';

export function stateOf({ side, deposit, request }: DepositPlace): DepositState {
  const status = depositStatus(deposit);
  // Of one that nobody filled only the key was destroyed.
  if (status === 'DESTROYED' && !deposit.received) return 'CLOSED';
  if (status === 'DESTROYED') return deposit.outcome?.accepted === false ? 'REFUSED' : 'DESTROYED';
  if (status !== 'INVITED') return status;
  if (!grantStands(request, side.now)) return 'CLOSED';
  return whyNotDeposit(side.project, request, side.now) === null ? 'OPEN' : 'TOO_EARLY';
}

export async function depositPage(reading: Reading, place: DepositPlace, language: Language) {
  const { side, deposit, request, person } = place;
  const { t, moment } = language;
  const grant = request.answer?.grant ?? null;
  const [title, names, signed] = await Promise.all([
    reading.title(side, t),
    reading.names(side, person, request.holder, request.answer?.person),
    reading.answerEntry(side.project.id, request.id, 'RequestAnswered'),
  ]);
  const { received } = deposit;
  const state = stateOf(place);
  return {
    ...{
      title: t(state === 'OPEN' || state === 'TOO_EARLY' ? 'deposit.title' : 'deposit.titleAfter'),
      project: title,
      state,
      number: deposit.id,
      request: request.id,
    },
    ...{ addressee: names(person) ?? t('page.colleague'), holder: names(request.holder) ?? request.holder },
    code: contentCode(request.content.core),
    granted: grant && (await grantShown(reading, { ...place, grant }, language)),
    signed: signed && {
      ...{
        by: names(request.answer?.person ?? '') ?? t('page.somebody'),
        at: moment(request.answer?.at ?? side.now),
      },
      ...{ position: `${side.project.id}/${signed.version}`, hash: signed.hash },
    },
    until: moment(depositDestructionDue(side, deposit) ?? grant?.expires ?? side.now),
    received: received && {
      ...{
        digest: received.digest,
        bytes: t('deposit.bytes', { count: received.bytes }),
        at: moment(received.at),
      },
    },
    report:
      deposit.outcome && grant
        ? shownReport(await reading.content(deposit.outcome.report), grant.depositAs, language)
        : null,
    ends: deposit.received ? await endsOf(reading, [deposit], language) : [],
    releases: await whereabouts(reading, { side, deposits: [deposit.id] }, language),
  };
}

async function grantShown(
  reading: Reading,
  { request, grant }: DepositPlace & { grant: Grant },
  language: Language,
) {
  const { t, moment } = language;
  const texts = await reading.texts(grant.conditions.map(({ value }) => value));
  return {
    facts: [
      [t('request.source'), request.ask.source],
      [t('request.purpose'), request.ask.purpose],
      [t('request.tier'), t(`tier.${grant.tier}`)],
      [t('request.expires'), moment(grant.expires)],
    ],
    file: fileTerms(grant.depositAs, language),
    fields: grant.depositAs.fields.map((field) => ({
      name: field.name,
      terms: language.list(fieldTerms(field, language)),
    })),
    conditions: grant.conditions.map((condition) => said(condition, texts, language)),
  };
}

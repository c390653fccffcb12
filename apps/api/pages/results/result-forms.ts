// Forms about one result: decide on it, propose or grant an exception, comment as a holder, withhold it.
import { findingsOf, NEVER_EXCEPTED, outputReview, resultStatus, roundAbout, tenureOf } from '#libs/domain';
import type { Analysis, OutputException } from '#libs/domain';
import { wordsOf } from '#libs/web';
import type { Fields } from '#libs/web/http';
import { Because, LocalId } from '../../http/fields';
import { worldOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import type { Done } from '../../ledger/done';
import { AnalysesController } from '../../analyses/analyses.controller';
import { mayCheck } from '../../outputs/check.view';
import {
  Comment,
  Decide,
  Except,
  OutputsController,
  READERS_CONDITIONS,
} from '../../outputs/outputs.controller';
import { can } from '../../policy/can';
import { actionOf } from '../forms/declared';
import { given } from '../forms/reading';
import { read } from '../forms/terms';
import type { FormField, Route } from '../forms/terms';

/** What is sent about a result, and by which call. */
export interface Sending {
  outputs: OutputsController;
  analyses: AnalysesController;
  call: Call;
  project: string;
  analysis: Analysis;
}

export interface ResultForm {
  name: string;
  title: string;
  about: string;
  /** Of the API: who may is its policy’s to say. */
  route: Route;
  fits: (call: Call, analysis: Analysis) => boolean;
  fields: (call: Call, analysis: Analysis) => FormField[];
  send: (sending: Sending, fields: Fields) => Promise<Done>;
}

const statusOf = (call: Call, analysis: Analysis) => resultStatus(worldOf(call), analysis, call.now);
const findingsFor = (analysis: Analysis, verdict: 'review' | 'fail') =>
  findingsOf(analysis).filter((finding) => finding.verdict === verdict);
const isWaiting = (call: Call, analysis: Analysis) =>
  mayCheck(call, analysis) && statusOf(call, analysis) === 'UNCHECKED';
const nameOf = ({ id, rule, table }: { id: string; rule: string; table: string }) =>
  `${id}: ${wordsOf(rule).toLowerCase()}, in ${table}`;
const reasonField = (label: string): FormField => ({ name: 'reason', label, kind: 'text' });

const CHOICES = [
  'APPROVED',
  'APPROVED_WITH_CONDITIONS',
  'CHANGES_REQUESTED',
  'REJECTED',
  'ABSTAINED',
] as const;

/** What the form calls the condition of each kind. */
const CONDITIONS: Record<(typeof READERS_CONDITIONS)[number], string> = {
  SHOW_ONLY_WITH: 'Only to be shown with',
  NO_USE_FOR: 'Not to be used for',
};

const decide: ResultForm = {
  ...{
    name: 'decide',
    title: 'Decide on this result',
    route: [OutputsController, 'decide'],
    fits: isWaiting,
  },
  about:
    'You decide on exactly the bytes whose tables you saw. Once approved, partners see them; you can withdraw your approval at any time.',
  fields: (_call, analysis) => [
    {
      ...{ name: 'choice', label: 'What do you decide?', kind: 'radios' },
      options: () => CHOICES.map((value) => ({ value, text: wordsOf(value) })),
    },
    ...findingsFor(analysis, 'review').map((finding): FormField => ({
      ...{ name: `findings.${finding.id}`, label: `Why this may stand: ${nameOf(finding)}` },
      ...{ hint: 'Needed to approve.', kind: 'text', optional: true },
    })),
    ...READERS_CONDITIONS.map((kind): FormField => ({
      ...{ name: `conditions.${kind}`, label: CONDITIONS[kind], kind: 'line', optional: true },
      hint: 'A condition of your approval. It stands beside the result for everybody who reads it.',
    })),
    { ...reasonField('Your reason'), hint: 'Needed unless you approve.', optional: true },
    { name: 'signedAs', label: 'Your name, as you sign', kind: 'line' },
  ],
  send: ({ outputs, call, project, analysis }, fields) => {
    const findings = findingsFor(analysis, 'review').flatMap(({ id }) => {
      const reason = given(fields[`findings.${id}`]);
      return reason === undefined ? [] : [{ finding: id, reason }];
    });
    const content = roundAbout(worldOf(call).project.checkpoints, 'OUTPUT', analysis.id)?.content;
    const body = {
      ...{ choice: given(fields.choice), core: content?.core, cover: content?.cover, findings },
      ...{ signedAs: given(fields.signedAs), reason: given(fields.reason) },
      conditions: READERS_CONDITIONS.flatMap((kind) => {
        const value = given(fields[`conditions.${kind}`]);
        return value === undefined ? [] : [{ kind, value }];
      }),
    };
    return outputs.decide(call, project, analysis.id, read(Decide, body));
  },
};

const isOpenToExceptions = (call: Call, analysis: Analysis) =>
  mayCheck(call, analysis) && ['UNCHECKED', 'WITHHELD'].includes(statusOf(call, analysis));

const exceptable = (call: Call, analysis: Analysis) => {
  const { exceptions } = worldOf(call).project;
  const isProposed = (id: string) =>
    exceptions.some((each) => each.analysis === analysis.id && each.finding === id);
  return findingsFor(analysis, 'fail').filter(
    ({ id, rule }) => !NEVER_EXCEPTED.includes(rule) && !isProposed(id),
  );
};

const propose: ResultForm = {
  ...{ name: 'propose-exception', title: 'Propose an exception', route: [OutputsController, 'propose'] },
  about:
    'An exception shows what a rule kept back. A second checker has to grant it; the same run made again is then made with it, and checked anew.',
  fits: (call, analysis) => isOpenToExceptions(call, analysis) && exceptable(call, analysis).length > 0,
  fields: (call, analysis) => [
    {
      ...{ name: 'finding', label: 'From which finding?', kind: 'radios' },
      options: () =>
        exceptable(call, analysis).map((finding) => ({ value: finding.id, text: nameOf(finding) })),
    },
    reasonField('Why it does no harm'),
  ],
  send: ({ outputs, call, project, analysis }, fields) => {
    const body = { finding: given(fields.finding), reason: given(fields.reason) };
    return outputs.propose(call, project, analysis.id, read(Except, body));
  },
};

const ungranted = (call: Call, analysis: Analysis): OutputException[] =>
  worldOf(call).project.exceptions.filter(
    (each) => each.analysis === analysis.id && each.granted === null && each.person !== call.account.person,
  );

const grant: ResultForm = {
  ...{ name: 'grant-exception', title: 'Grant an exception', route: [OutputsController, 'grant'] },
  about:
    'You are the second checker: look for yourself. What you grant is shown when the same run is made again.',
  fits: (call, analysis) => isOpenToExceptions(call, analysis) && ungranted(call, analysis).length > 0,
  fields: (call, analysis) => [
    {
      ...{ name: 'exception', label: 'Which exception?', kind: 'radios' },
      options: () =>
        ungranted(call, analysis).map(({ id, finding, rule, table }) => ({
          ...{ value: id, text: `${id}, from ${nameOf({ id: finding, rule, table })}` },
        })),
    },
    reasonField('Why you grant it'),
  ],
  send: ({ outputs, call, project }, fields) => {
    const body = { exception: given(fields.exception), reason: given(fields.reason) };
    const { exception, reason } = read(Because.extend({ exception: LocalId }), body);
    return outputs.grant(call, project, exception, { reason });
  },
};

const comment: ResultForm = {
  ...{ name: 'comment', title: 'Comment as the holder', route: [OutputsController, 'comment'] },
  about: 'What you say travels with the result, whoever reads it. It is no veto.',
  fits: (call, analysis) => {
    const world = worldOf(call);
    const review = outputReview(world, analysis, call.now);
    const own = tenureOf(world.programme, call.account.person ?? '', call.now)?.organisation ?? '';
    return review !== null && call.now < review.until && review.organisations.includes(own);
  },
  fields: () => [{ name: 'text', label: 'Your comment', kind: 'text' }],
  send: ({ outputs, call, project, analysis }, fields) =>
    outputs.comment(call, project, analysis.id, read(Comment, { text: given(fields.text) })),
};

const withhold: ResultForm = {
  ...{
    name: 'withhold',
    title: 'Withhold this result',
    route: [OutputsController, 'withhold'],
    fits: isWaiting,
  },
  about: 'Nobody sees it then. The reason stands in the ledger, and unpublished findings are listed.',
  fields: () => [reasonField('Your reason')],
  send: ({ outputs, call, project, analysis }, fields) =>
    outputs.withhold(call, project, analysis.id, read(Because, { reason: given(fields.reason) })),
};

const cancel: ResultForm = {
  ...{ name: 'cancel', title: 'Cancel this run', route: [AnalysesController, 'cancel'] },
  about: 'It ends within seconds, and nothing of it is kept. The reason stands in the ledger.',
  fits: (call, analysis) =>
    statusOf(call, analysis) === 'RUNNING' &&
    [analysis.author, worldOf(call).project.lead].includes(call.account.person ?? ''),
  fields: () => [reasonField('Your reason')],
  send: ({ analyses, call, project, analysis }, fields) =>
    analyses.cancel(call, project, analysis.id, read(Because, { reason: given(fields.reason) })),
};

export const RESULT_FORMS: readonly ResultForm[] = [decide, propose, grant, comment, withhold, cancel];

/** What this person may send about a result, as things stand; the domain judges it again when it comes. */
export function offeredFor(call: Call, analysis: Analysis): ResultForm[] {
  const { programme, project } = worldOf(call);
  const standing = { programme, project, now: call.now };
  return RESULT_FORMS.filter(
    ({ route, fits }) =>
      can(call.account, actionOf(route), { analysis: analysis.id }, standing).allowed && fits(call, analysis),
  );
}

// Forms about a project's course: a cycle, its question, a stage settled empty, suspension.
import { projectStatus, QUESTION_AIMS, QUESTION_CHANGES, SHOCK_CAUSES, TEMPOS } from '#libs/domain';
import type { World } from '#libs/domain';
import { wordsOf } from '#libs/web';
import { StageParam, StartCycle } from '../../cycles/cycles.controller';
import { Because } from '../../http/fields';
import { ProposeQuestion } from '../../questions/questions.controller';
import { SetTempo } from '../../tempo/tempo.controller';
import { given, lines, listed, yesOrNo } from './reading';
import { read } from './terms';
import type { Form } from './terms';

export const isOpen = ({ project }: World): boolean => projectStatus(project) === 'ACTIVE';
const hasCycle = ({ project }: World): boolean => project.cycles.length > 0;
const hasQuestion = ({ project }: World): boolean => project.questions.length > 0;

export const options = (constants: readonly string[]) => () =>
  constants.map((value) => ({ value, text: wordsOf(value) }));
export const YES_OR_NO = () => [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];
const REASON = { name: 'reason', label: 'Your reason', kind: 'text' } as const;

export const startCycle: Form = {
  ...{ name: 'start-cycle', title: 'Start a cycle', action: 'cycle.start', fits: isOpen },
  about:
    'A cycle begins with a policy question, never with data. After the first, each rests on a settled reflection.',
  fields: [
    {
      ...{
        name: 'descendsFrom',
        label: 'Which cycle’s reflection does it rest on?',
        kind: 'select',
        if: hasCycle,
      },
      options: ({ project }) =>
        project.cycles.map(({ id, number }) => ({ value: id, text: `Cycle ${number} (${id})` })),
    },
  ],
  send: (handlers, call, project, fields) =>
    handlers.course.cycles.start(
      call,
      project,
      read(StartCycle, { descendsFrom: given(fields.descendsFrom) ?? null }),
    ),
};

export const proposeQuestion: Form = {
  ...{ name: 'propose-question', title: 'Propose a question', action: 'question.propose', fits: isOpen },
  about: 'A policy official and a researcher are asked to sign exactly what you write here.',
  fields: [
    { name: 'question', label: 'The question', kind: 'text' },
    {
      name: 'framing',
      label: 'Framing',
      hint: 'What it assumes, and how it is to be looked at.',
      kind: 'text',
    },
    { name: 'aim', label: 'Is it a broad aim, or tight?', kind: 'radios', options: options(QUESTION_AIMS) },
    {
      ...{
        name: 'options',
        label: 'Policy options a tight question assumes',
        hint: 'One a line.',
        kind: 'text',
      },
      optional: true,
    },
    {
      ...{ name: 'sufficient', label: 'Is the data at hand, with what is asked for, enough to answer it?' },
      ...{ kind: 'radios', options: YES_OR_NO },
    },
    { name: 'summary', label: 'Summary in plain words', kind: 'text' },
    {
      ...{ name: 'change.from', label: 'Which version does it change?', kind: 'select', if: hasQuestion },
      options: ({ project }) => project.questions.map(({ id }) => ({ value: id, text: id })),
    },
    {
      ...{ name: 'change.kind', label: 'How does it change it?', kind: 'radios', if: hasQuestion },
      options: options(QUESTION_CHANGES),
    },
    { name: 'change.what', label: 'What changes', kind: 'text', if: hasQuestion },
    { name: 'change.because', label: 'Why', kind: 'text', if: hasQuestion },
    {
      ...{ name: 'change.cites', label: 'What it rests on', hint: 'Ids such as i1 or e2, with commas.' },
      ...{ kind: 'line', optional: true, if: hasQuestion },
    },
  ],
  send: (handlers, call, project, fields) => {
    const change = {
      ...{ from: given(fields['change.from']), kind: given(fields['change.kind']) },
      ...{ what: given(fields['change.what']), because: given(fields['change.because']) },
    };
    const isChange = Object.values(change).some((value) => value !== undefined);
    const body = {
      ...{ question: given(fields.question), framing: given(fields.framing), aim: given(fields.aim) },
      ...{ options: lines(fields.options), sufficient: yesOrNo(fields.sufficient) },
      summary: given(fields.summary),
      change: isChange ? { ...change, cites: listed(fields['change.cites']) } : undefined,
    };
    return handlers.questions.propose(call, project, read(ProposeQuestion, body));
  },
};

export const settleEmpty: Form = {
  ...{ name: 'settle-empty', title: 'Settle a stage empty', action: 'project.steer', fits: isOpen },
  about:
    'A question may stay without data: the stage is settled with nothing in it, and your reason stands in the ledger.',
  fields: [
    { name: 'stage', label: 'Which stage?', kind: 'radios', options: options(StageParam.options) },
    REASON,
  ],
  send: (handlers, call, project, fields) => {
    const stage = given(fields.stage);
    const both = read(Because.extend({ stage: StageParam }), { stage, reason: given(fields.reason) });
    return handlers.course.cycles.settleEmpty(call, project, both.stage, { reason: both.reason });
  },
};

export const suspend: Form = {
  ...{ name: 'suspend', title: 'Suspend the project', action: 'project.steer', fits: isOpen },
  about:
    'Deadlines of people stop and move on when you resume. Expiries of agreements, grants and data do not stop.',
  fields: [REASON],
  send: (handlers, call, project, fields) =>
    handlers.course.projects.suspend(call, project, read(Because, { reason: given(fields.reason) })),
};

export const resume: Form = {
  ...{ name: 'resume', title: 'Resume the project', action: 'project.steer' },
  fits: ({ project }) => projectStatus(project) === 'SUSPENDED',
  about: 'The project goes on in the place where it stopped. Each deadline moves by the time suspended.',
  fields: [],
  send: (handlers, call, project) => handlers.course.projects.resume(call, project, {}),
};

export const setTempo: Form = {
  ...{ name: 'set-tempo', title: 'Set the tempo', action: 'tempo.set', fits: isOpen },
  about:
    'Under a shock the project comes first in lists, agendas and mail, and reminders come sooner. No checkpoint is skipped, and nobody loses time to answer.',
  fields: [
    { name: 'tempo', label: 'Which tempo?', kind: 'radios', options: options(TEMPOS) },
    {
      ...{ name: 'cause', label: 'What caused the shock?', hint: 'Routine has no cause.', kind: 'select' },
      ...{ optional: true, options: options(SHOCK_CAUSES) },
    },
    REASON,
  ],
  send: (handlers, call, project, fields) => {
    const body = {
      ...{ tempo: given(fields.tempo), cause: given(fields.cause) ?? null, reason: given(fields.reason) },
    };
    return handlers.course.tempo.set(call, project, read(SetTempo, body));
  },
};

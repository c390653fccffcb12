// Forms about a project's course: its cycles and their stages, the question, tempo, suspension and end.
import { QUESTION_AIMS, QUESTION_CHANGES, SHOCK_CAUSES, TEMPOS } from '#libs/domain';
import type { World } from '#libs/domain';
import { CyclesController, StageParam, StartCycle } from '../../cycles/cycles.controller';
import { Because, Nothing } from '../../http/fields';
import { ProjectsController } from '../../projects/projects.controller';
import { ProposeQuestion, QuestionsController } from '../../questions/questions.controller';
import { Revoke, SufficiencyController } from '../../sufficiency/sufficiency.controller';
import { SetTempo, TempoController } from '../../tempo/tempo.controller';
import { form } from './declared';
import { among, choice, list, REASON, select, text, yesNo } from './fields';
import { having, inCycle, isNotClosed, isOpen, isSuspended } from './fitting';
import { given } from './reading';

const hasCycle = ({ project }: World): boolean => project.cycles.length > 0;
const hasQuestion = ({ project }: World): boolean => project.questions.length > 0;
const ofStage = Because.extend({ stage: StageParam });
const stage = choice('stage', 'Which stage?', StageParam.options);

export const startCycle = form({
  ...{ name: 'start-cycle', title: 'Start a cycle', fits: isOpen },
  about:
    'A cycle begins with a policy question, never with data. After the first, each rests on a settled reflection.',
  route: [CyclesController, 'start'],
  schema: StartCycle,
  fields: [
    select(
      'descendsFrom',
      'Which cycle’s reflection does it rest on?',
      ({ project }) =>
        project.cycles.map(({ id, number }) => ({ value: id, text: `Cycle ${number} (${id})` })),
      { if: hasCycle },
    ),
  ],
  besides: ({ descendsFrom }) => ({ descendsFrom: given(descendsFrom) ?? null }),
  with: (body, project) => [project, body],
});

export const proposeQuestion = form({
  ...{ name: 'propose-question', title: 'Propose a question', fits: isOpen },
  about: 'A policy official and a researcher are asked to sign exactly what you write here.',
  route: [QuestionsController, 'propose'],
  schema: ProposeQuestion,
  fields: [
    text('question', 'The question'),
    text('framing', 'Framing', { hint: 'What it assumes, and how it is to be looked at.' }),
    choice('aim', 'Is it a broad aim, or tight?', QUESTION_AIMS),
    text('options', 'Policy options a tight question assumes', {
      ...{ hint: 'One a line.', reads: 'lines', optional: true },
    }),
    yesNo('sufficient', 'Is the data at hand, with what is asked for, enough to answer it?'),
    text('summary', 'Summary in plain words'),
    select(
      'change.from',
      'Which version does it change?',
      ({ project }) => project.questions.map(({ id }) => ({ value: id, text: id })),
      { if: hasQuestion },
    ),
    choice('change.kind', 'How does it change it?', QUESTION_CHANGES, { if: hasQuestion }),
    text('change.what', 'What changes', { if: hasQuestion }),
    text('change.because', 'Why', { if: hasQuestion }),
    list('change.cites', 'What it rests on', {
      ...{ hint: 'Ids such as i1 or e2, with commas.', optional: true, if: hasQuestion },
    }),
  ],
  besides: (fields) => {
    const isChange = ['from', 'kind', 'what', 'because'].some((part) => given(fields[`change.${part}`]));
    return isChange ? {} : { change: undefined };
  },
  with: (body, project) => [project, body],
});

export const revokeSufficiency = form({
  ...{
    name: 'revoke-sufficiency',
    title: 'Say that the data no longer suffices',
    fits: having((p) => p.questions),
  },
  about: 'No wave opens until a question is signed for which the data does suffice.',
  route: [SufficiencyController, 'revoke'],
  schema: Revoke,
  fields: [
    REASON,
    list('cites', 'What it rests on', { hint: 'Ids such as e1, i2 or q3, with commas.', optional: true }),
  ],
  with: (body, project) => [project, body],
});

export const settleEmpty = form({
  ...{ name: 'settle-empty', title: 'Settle a stage empty', fits: inCycle },
  about:
    'A question may stay without data: the stage is settled with nothing in it, and your reason stands in the ledger.',
  route: [CyclesController, 'settleEmpty'],
  schema: ofStage,
  fields: [stage, REASON],
  with: ({ stage: which, ...because }, project) => [project, which, because],
});

export const closeAnalysis = form({
  ...{ name: 'close-analysis', title: 'Close the analysis stage', fits: inCycle },
  about:
    'Once no run is going, and each result is checked, withheld or quarantined. What was found is then interpreted.',
  route: [CyclesController, 'close'],
  schema: Nothing,
  fields: [],
  with: (body, project) => [project, body],
});

export const reopenStage = form({
  ...{ name: 'reopen-stage', title: 'Reopen a stage', fits: inCycle },
  about:
    'What the cycle found may call for more: a further request begins a round of its own, and a further analysis follows.',
  route: [CyclesController, 'reopen'],
  schema: ofStage,
  fields: [stage, REASON],
  with: ({ stage: which, ...because }, project) => [project, which, because],
});

export const suspend = form({
  ...{ name: 'suspend', title: 'Suspend the project', fits: isOpen },
  about:
    'Deadlines of people stop and move on when you resume. Expiries of agreements, grants and data do not stop.',
  route: [ProjectsController, 'suspend'],
  schema: Because,
  fields: [REASON],
  with: (body, project) => [project, body],
});

export const resume = form({
  ...{ name: 'resume', title: 'Resume the project', fits: isSuspended },
  about: 'The project goes on in the place where it stopped. Each deadline moves by the time suspended.',
  route: [ProjectsController, 'resume'],
  schema: Nothing,
  fields: [],
  with: (body, project) => [project, body],
});

export const setTempo = form({
  ...{ name: 'set-tempo', title: 'Set the tempo', fits: isOpen },
  about:
    'Under a shock the project comes first in lists, agendas and mail, and reminders come sooner. No checkpoint is skipped, and nobody loses time to answer.',
  route: [TempoController, 'set'],
  schema: SetTempo,
  fields: [
    choice('tempo', 'Which tempo?', TEMPOS),
    select('cause', 'What caused the shock?', among(SHOCK_CAUSES), {
      ...{ hint: 'Routine has no cause.', optional: true },
    }),
    REASON,
  ],
  with: (body, project) => [project, body],
});

export const closeProject = form({
  ...{ name: 'close-project', title: 'Close the project', fits: isNotClosed },
  about:
    'For good: nothing opens in it any more, and runs end. What was recorded stays, and whoever signed can still withdraw.',
  route: [ProjectsController, 'close'],
  schema: Because,
  fields: [REASON],
  with: (body, project) => [project, body],
});

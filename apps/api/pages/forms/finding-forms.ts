// Forms about what was found: interpretations, insights and their plain summaries, reflection, refinement, actions.
import { ACTION_STATUSES, INSIGHT_STATUSES, MOST_WORDS, NEXT_STEPS } from '#libs/domain';
import { ActionsController, Plan, Report } from '../../actions/actions.controller';
import { LocalId } from '../../http/fields';
import { said } from '../../http/said';
import {
  ApproveSummary,
  ChangeStatus,
  InsightsController,
  RecordInsight,
  WriteSummary,
} from '../../insights/insights.controller';
import {
  AddInterpretation,
  InterpretationsController,
} from '../../interpretations/interpretations.controller';
import { ProposeRefinement, RefinementsController } from '../../refinements/refinements.controller';
import { ProposeReflection, ReflectionsController } from '../../reflections/reflections.controller';
import { form } from './declared';
import {
  analyses,
  boxes,
  choice,
  insights,
  line,
  listedBy,
  number,
  people,
  REASON,
  select,
  text,
} from './fields';
import { afterwards, having, inCycle } from './fitting';
import type { Piece } from './terms';

const insight = select('insight', 'Which insight?', insights);
const ofInsight = { insight: LocalId };
const hasInsight = having(({ insights: all }) => all);
const owner = text('owner', 'Who owns it nationally', {
  ...{ hint: 'Only where it is outside the local remit.', optional: true },
});
const status = choice('status', 'What can be done about it?', INSIGHT_STATUSES);
const restsOn = boxes('analyses', 'On which analyses does it rest?', analyses, { optional: true });

export const addInterpretation = form({
  ...{ name: 'add-interpretation', title: 'Add an interpretation', fits: inCycle },
  about:
    'A reflection opens only with one from practice and one from research, each with how it could be misread.',
  route: [InterpretationsController, 'add'],
  schema: AddInterpretation,
  fields: [
    choice('as', 'As whom do you say it?', ['PRACTITIONER', 'RESEARCHER']),
    text('text', 'What the result means'),
    text('misreading', 'How the result could be misread'),
  ],
  with: (body, project) => [project, body],
});

export const recordInsight = form({
  ...{ name: 'record-insight', title: 'Record an insight', fits: inCycle },
  about: 'What was learned and what can be done about it. A practitioner and a researcher are its authors.',
  route: [InsightsController, 'record'],
  schema: RecordInsight,
  fields: [
    text('text', 'The insight'),
    status,
    owner,
    boxes('authors', 'Who are its authors?', people()),
    restsOn,
  ],
  with: (body, project) => [project, body],
});

export const changeInsight = form({
  ...{ name: 'change-insight', title: 'Change what can be done about an insight', fits: hasInsight },
  about: 'What was said before stays in its history.',
  route: [InsightsController, 'change'],
  schema: ChangeStatus.extend(ofInsight),
  fields: [insight, status, owner, REASON],
  with: ({ insight: id, ...body }, project) => [project, id, body],
});

export const writeSummary = form({
  ...{ name: 'write-summary', title: 'Write a plain summary', fits: afterwards(({ insights: all }) => all) },
  about: `For everybody, in at most ${MOST_WORDS} words. A practitioner who did not write it approves it.`,
  route: [InsightsController, 'write'],
  schema: WriteSummary.extend(ofInsight),
  fields: [insight, text('text', 'The summary')],
  with: ({ insight: id, ...body }, project) => [project, id, body],
});

export const approveSummary = form({
  ...{ name: 'approve-summary', title: 'Approve a plain summary' },
  about: 'As a practitioner who did not write it. The latest version of each stands here.',
  fits: afterwards(({ insights: all }) => all.filter(({ summaries }) => summaries.length > 0)),
  shown: ({ project }) =>
    project.insights.flatMap(({ id, summaries }) => {
      const latest = summaries.at(-1);
      return latest
        ? [
            {
              key: `${id}, version ${latest.version}`,
              rows: [['Summary', said(latest.text)]] as Piece['rows'],
            },
          ]
        : [];
    }),
  route: [InsightsController, 'approve'],
  schema: ApproveSummary.extend(ofInsight),
  fields: [insight, number('version', 'The version you read')],
  with: ({ insight: id, ...body }, project) => [project, id, body],
});

export const proposeReflection = form({
  ...{ name: 'propose-reflection', title: 'Propose the reflection', fits: inCycle },
  about:
    'A practitioner and a researcher sign it, with the interpretations and insights of this cycle and what became of earlier actions.',
  route: [ReflectionsController, 'propose'],
  schema: ProposeReflection,
  fields: [
    text('issue', 'The issue', { hint: 'What was learned about it, and what was not.' }),
    text('working.access', 'How we worked: access'),
    text('working.cost', 'How we worked: cost'),
    text('working.trust', 'How we worked: trust'),
    text('working.notHeard', 'Who was not heard?'),
    text('summary', 'Summary in plain words'),
  ],
  with: (body, project) => [project, body],
});

export const proposeRefinement = form({
  ...{ name: 'propose-refinement', title: 'Propose the refinement', fits: inCycle },
  about:
    'How this cycle ends and what comes next. A policy official and somebody of another organisation sign it; neither may have proposed it.',
  route: [RefinementsController, 'propose'],
  schema: ProposeRefinement,
  fields: [
    choice('next', 'What comes next?', NEXT_STEPS),
    text('reasons', 'Why'),
    text('proposal', 'What exactly comes next'),
    text('summary', 'Summary in plain words'),
  ],
  with: (body, project) => [project, body],
});

export const planAction = form({
  ...{ name: 'plan-action', title: 'Record an action', fits: inCycle },
  about: 'It is part of the refinement that is signed. The next reflection says what became of it.',
  route: [ActionsController, 'plan'],
  schema: Plan,
  fields: [
    text('what', 'What is done'),
    select('owner', 'Who owns it?', people()),
    line('due', 'By when?', { hint: 'A day such as 2027-03-31.' }),
    text('effect', 'What is expected of it'),
    boxes('insights', 'Which insights are behind it?', insights, { optional: true }),
    restsOn,
    text('evidence', 'What else stands behind it', { optional: true }),
  ],
  with: (body, project) => [project, body],
});

export const reportAction = form({
  ...{ name: 'report-action', title: 'Say what became of an action' },
  about: 'It becomes part of this cycle’s reflection.',
  fits: afterwards(({ actions }) => actions),
  route: [ActionsController, 'report'],
  schema: Report.extend({ action: LocalId }),
  fields: [
    select(
      'action',
      'Which action?',
      listedBy(
        ({ project }) => Object.values(project.actions),
        ({ what }) => what,
      ),
    ),
    choice('status', 'Where does it stand?', ACTION_STATUSES),
    text('text', 'What became of it'),
  ],
  with: ({ action, ...body }, project) => [project, action, body],
});

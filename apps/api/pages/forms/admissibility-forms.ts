// Forms about what data may be used for: the matrix, its judgements and challenges, ratings, the public's reaction.
import {
  ACCURACIES,
  ADMISSIBILITIES,
  CHALLENGE_KINDS,
  GROUNDS,
  KNOWLEDGE_KINDS,
  REACTION_STANDINGS,
  REACTIONS,
  USES,
  WORTHS,
} from '#libs/domain';
import {
  AdmissibilityController,
  Challenge,
  Judge,
  Knowledge,
  Open,
  Rate,
  React,
} from '../../admissibility/admissibility.controller';
import { LocalId } from '../../http/fields';
import { form } from './declared';
import { among, analyses, boxes, choice, line, list, namedBy, REASON, select, text } from './fields';
import { having, isOpen } from './fitting';
import { given } from './reading';

const DAY = 'A day such as 2014-09-01; left open, without end.';
const place = select(
  'place',
  'Which place of the matrix?',
  namedBy(
    ({ project }) => Object.values(project.matrix),
    ({ source, field, uses }) => `${source}, ${field}: ${uses.join(', ').toLowerCase()}`,
  ),
);
const of = { place: LocalId };
const hasPlace = having(({ matrix }) => matrix);
const SOURCE = line('source', 'Source', { hint: 'As the boundary names it.' });
const FIELD = line('field', 'Field');

export const openAdmissibility = form({
  ...{ name: 'open-admissibility', title: 'Open a place in the matrix', fits: isOpen },
  about:
    'A field, for some uses, in a period, of some people: what may be used for what is judged place by place.',
  route: [AdmissibilityController, 'open'],
  schema: Open,
  fields: [
    ...[SOURCE, FIELD, boxes('uses', 'For which uses?', among(USES))],
    line('period.from', 'From which day?', { hint: DAY, optional: true }),
    line('period.to', 'To which day?', { hint: DAY, optional: true }),
    line('subpopulation.field', 'Only of people whose field', { optional: true }),
    list('subpopulation.values', 'holds one of', { optional: true }),
  ],
  besides: (fields) => ({
    period: { from: given(fields['period.from']) ?? null, to: given(fields['period.to']) ?? null },
    ...((given(fields['subpopulation.field']) ?? given(fields['subpopulation.values']))
      ? {}
      : { subpopulation: null }),
  }),
  with: (body, project) => [project, body],
});

export const judgeAdmissibility = form({
  ...{ name: 'judge-admissibility', title: 'Judge a field', fits: hasPlace },
  about: 'An exclusion is lifted only on the ground it was made on. A caveat travels into every result.',
  route: [AdmissibilityController, 'judge'],
  schema: Judge.extend(of),
  fields: [
    place,
    choice('status', 'May it be used so?', ADMISSIBILITIES),
    select('ground', 'On what ground?', among(GROUNDS)),
    REASON,
    text('caveat', 'What every reader of a result has to know', { optional: true }),
    line('seriesBreak.at', 'From which day does the series mean something else?', { optional: true }),
    text('seriesBreak.cause', 'What broke it', { optional: true }),
    list('answers', 'Which challenges does it answer?', {
      hint: 'Ids such as ch1, with commas.',
      optional: true,
    }),
    list('knowledge', 'On which local knowledge does it rest?', { optional: true }),
  ],
  with: ({ place: id, ...body }, project) => [project, id, body],
});

export const raiseChallenge = form({
  ...{ name: 'raise-challenge', title: 'Challenge a field', fits: hasPlace },
  about: 'A claim under your name. Whether it came before or after results were seen, the ledger says.',
  route: [AdmissibilityController, 'challenge'],
  schema: Challenge.extend(of),
  fields: [
    place,
    choice('kind', 'What is wrong with it?', CHALLENGE_KINDS),
    text('claim', 'Your claim'),
    text('evidence', 'On what evidence'),
    select('against', 'Against which analysis?', analyses, { optional: true }),
  ],
  with: ({ place: id, ...body }, project) => [project, id, body],
});

export const addLocalKnowledge = form({
  ...{ name: 'add-local-knowledge', title: 'Add local knowledge', fits: hasPlace },
  about:
    'It fills a gap or corrects a record, is attributed to you, and makes data conditionally admissible.',
  route: [AdmissibilityController, 'knowledge'],
  schema: Knowledge.extend(of),
  fields: [place, choice('kind', 'What does it do?', KNOWLEDGE_KINDS), text('text', 'What you know')],
  with: ({ place: id, ...body }, project) => [project, id, body],
});

export const rateField = form({
  ...{ name: 'rate-field', title: 'Rate a field', fits: isOpen },
  about: 'How accurate it is thought and how much it is valued: the two need not agree.',
  route: [AdmissibilityController, 'rate'],
  schema: Rate,
  fields: [
    ...[SOURCE, FIELD],
    choice('accuracy', 'How accurate is it thought?', ACCURACIES),
    choice('worth', 'How much is it valued?', WORTHS),
    REASON,
  ],
  with: (body, project) => [project, body],
});

export const recordReaction = form({
  ...{ name: 'record-reaction', title: 'Record the public’s reaction', fits: isOpen },
  about: 'That data is used well, and the reservation against it: a consideration of its own.',
  route: [AdmissibilityController, 'react'],
  schema: React,
  fields: [
    choice('reaction', 'Which reaction?', REACTIONS),
    choice('standing', 'Is it evidenced or anticipated?', REACTION_STANDINGS),
    text('text', 'In words'),
    text('evidence', 'The evidence', { optional: true }),
  ],
  with: (body, project) => [project, body],
});

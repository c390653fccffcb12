// Forms about hypotheses, their rivals and what became of each; and about findings somebody asks for.
import { FATES, HOPES, STANCES } from '#libs/domain';
import { Ask, DemandsController, Meet } from '../../demands/demands.controller';
import { LocalId } from '../../http/fields';
import {
  Answer,
  Decide,
  Discuss,
  HypothesesController,
  Oppose,
  Propose,
  Revise,
  Untestable,
} from '../../hypotheses/hypotheses.controller';
import { form } from './declared';
import { analyses, boxes, choice, listedBy, REASON, select, text } from './fields';
import { having, isOpen } from './fitting';

export const hypotheses = listedBy(
  ({ project }) => project.hypotheses,
  ({ versions }) => versions.at(-1)?.statement ?? null,
);
const which = select('hypothesis', 'Which hypothesis?', hypotheses);
const of = { hypothesis: LocalId };
const hasSome = having((project) => project.hypotheses);

export const proposeHypothesis = form({
  ...{ name: 'propose-hypothesis', title: 'Propose a hypothesis', fits: isOpen },
  about: 'Anybody on the roster may. Every version is kept, and rivals stand side by side.',
  route: [HypothesesController, 'propose'],
  schema: Propose,
  fields: [
    text('statement', 'The hypothesis'),
    text('reason', 'What it would explain'),
    boxes('rivals', 'Which others explain the same otherwise?', hypotheses, {
      ...{ optional: true, if: ({ project }) => project.hypotheses.length > 0 },
    }),
  ],
  with: (body, project) => [project, body],
});

export const reviseHypothesis = form({
  ...{ name: 'revise-hypothesis', title: 'Revise a hypothesis', fits: hasSome },
  about: 'By its holder. Whoever thinks otherwise proposes a rival.',
  route: [HypothesesController, 'revise'],
  schema: Revise.extend(of),
  fields: [which, text('statement', 'The hypothesis as it is now'), REASON],
  with: ({ hypothesis, ...body }, project) => [project, hypothesis, body],
});

export const declareRivals = form({
  ...{ name: 'declare-rivals', title: 'Declare two hypotheses rivals', fits: hasSome },
  about: 'A cycle closes only once each rival is tested, or recorded as untestable.',
  route: [HypothesesController, 'oppose'],
  schema: Oppose.extend(of),
  fields: [which, select('rival', 'And its rival?', hypotheses), REASON],
  with: ({ hypothesis, ...body }, project) => [project, hypothesis, body],
});

export const discussHypothesis = form({
  ...{ name: 'discuss-hypothesis', title: 'Discuss a hypothesis', fits: hasSome },
  about: 'Beside its present version, under your name.',
  route: [HypothesesController, 'discuss'],
  schema: Discuss.extend(of),
  fields: [which, text('text', 'What you say to it')],
  with: ({ hypothesis, ...body }, project) => [project, hypothesis, body],
});

export const decideHypothesis = form({
  ...{ name: 'decide-hypothesis', title: 'Keep or drop a hypothesis', fits: hasSome },
  about: 'Kept only once a run has tested it; dropped at any time, with a reason.',
  route: [HypothesesController, 'decide'],
  schema: Decide.extend(of),
  fields: [which, choice('fate', 'What becomes of it?', FATES), REASON],
  with: ({ hypothesis, ...body }, project) => [project, hypothesis, body],
});

export const findUntestable = form({
  ...{ name: 'find-untestable', title: 'Record that a hypothesis cannot be tested', fits: hasSome },
  about: 'Its holder then says whether they dissent.',
  route: [HypothesesController, 'untestable'],
  schema: Untestable.extend(of),
  fields: [which, REASON],
  with: ({ hypothesis, ...body }, project) => [project, hypothesis, body],
});

export const answerUntestable = form({
  ...{ name: 'answer-untestable', title: 'Answer that your hypothesis cannot be tested' },
  about: 'As its holder. A dissent stands beside the record.',
  fits: having((project) => project.hypotheses.filter(({ untestable }) => untestable.some((u) => !u.answer))),
  route: [HypothesesController, 'answer'],
  schema: Answer.extend(of),
  fields: [which, choice('stance', 'Do you accept that?', STANCES), text('text', 'What you say to it')],
  with: ({ hypothesis, ...body }, project) => [project, hypothesis, body],
});

export const askForFinding = form({
  ...{ name: 'ask-for-finding', title: 'Ask for a finding', fits: isOpen },
  about: 'What is hoped for stands beside it, and findings that nobody used are listed.',
  route: [DemandsController, 'ask'],
  schema: Ask,
  fields: [
    text('text', 'What you would like to know'),
    choice('hope', 'What do you hope for?', HOPES),
    { ...which, label: 'Which hypothesis is it about?', optional: true },
  ],
  with: (body, project) => [project, body],
});

export const meetDemand = form({
  ...{ name: 'meet-demand', title: 'Name the analysis that gives what was asked for' },
  about: 'A finding that was asked for and is not used shows as such.',
  fits: having(({ demands }) => demands),
  route: [DemandsController, 'meet'],
  schema: Meet.extend({ demand: LocalId }),
  fields: [
    select(
      'demand',
      'What was asked for?',
      listedBy(
        ({ project }) => project.demands,
        (each) => each.text,
      ),
    ),
    select('analysis', 'Which analysis gives it?', analyses),
  ],
  with: ({ demand, ...body }, project) => [project, demand, body],
});

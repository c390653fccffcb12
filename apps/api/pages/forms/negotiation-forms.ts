// Forms about the conversation over a request: clarifications, alternatives, what is supposed, a grant taken back, a wish to be asked.
import {
  ALTERNATIVES,
  CLARIFICATION_TOPICS,
  mayReadClarifications,
  mayReplyToSupposition,
  REFUSAL_REASONS,
  WITHDRAWAL_MODES,
} from '#libs/domain';
import { AnswerIn, ClarificationsController, Question } from '../../clarifications/clarifications.controller';
import { LocalId, Nothing } from '../../http/fields';
import { AlternativeIn, RequestsController, Withdraw } from '../../requests/requests.controller';
import { Reply, Suppose, SuppositionsController } from '../../suppositions/suppositions.controller';
import { form } from './declared';
import { among, choice, listedBy, people, requests, select, text, yesNo } from './fields';
import { ever, having } from './fitting';

const request = select('request', 'About which request?', requests);
const ofRequest = { request: LocalId };
const hasRequest = having((project) => project.requests);
const ofClarification = { clarification: LocalId };
const isUnsettled = having(({ clarifications }) =>
  clarifications.filter(({ settledAt }) => settledAt === null),
);
const clarification = select(
  'clarification',
  'Which question?',
  listedBy(
    (world, { account, now }) =>
      world.project.clarifications.filter(({ request: id, settledAt }) => {
        const about = world.project.requests[id];
        return settledAt === null && about && mayReadClarifications(world, about, account.person ?? '', now);
      }),
    (each) => each.text,
  ),
);

export const askClarification = form({
  ...{ name: 'ask-clarification', title: 'Ask for a clarification', fits: hasRequest },
  about: 'Between those who ask and the holder, before a request is answered. The other side is told.',
  route: [ClarificationsController, 'ask'],
  schema: Question,
  fields: [
    request,
    choice('topic', 'What is it about?', CLARIFICATION_TOPICS),
    text('question', 'Your question'),
  ],
  with: (body, project) => [project, body],
});

export const answerClarification = form({
  ...{ name: 'answer-clarification', title: 'Answer a clarification', fits: isUnsettled },
  about: 'Or add to an answer. The side that asked says when it is settled.',
  route: [ClarificationsController, 'answer'],
  schema: AnswerIn.extend(ofClarification),
  fields: [clarification, text('answer', 'Your answer')],
  with: ({ clarification: id, ...body }, project) => [project, id, body],
});

export const settleClarification = form({
  ...{ name: 'settle-clarification', title: 'Say that a clarification is settled', fits: isUnsettled },
  about: 'For the side that asked.',
  route: [ClarificationsController, 'settle'],
  schema: Nothing.unwrap().extend(ofClarification),
  fields: [clarification],
  with: ({ clarification: id }, project) => [project, id, {}],
});

export const considerAlternative = form({
  ...{
    name: 'consider-alternative',
    title: 'List an alternative to an incompatible reuse',
    fits: hasRequest,
  },
  about: 'What was considered and why not. It asks nobody for anything, and presses no holder.',
  route: [RequestsController, 'consider'],
  schema: AlternativeIn.extend(ofRequest),
  fields: [request, choice('alternative', 'Which alternative?', ALTERNATIVES), text('whyNot', 'Why not')],
  with: ({ request: id, ...body }, project) => [project, id, body],
});

export const supposeMotive = form({
  ...{ name: 'suppose-motive', title: 'Suppose why data was not obtained', fits: hasRequest },
  about:
    'Only where the holder stated no reason. It stands under your name, is read by the core team alone, and never counts as the holder’s reason; the holder may reply.',
  route: [SuppositionsController, 'suppose'],
  schema: Suppose,
  fields: [
    request,
    select('motive', 'Which motive do you suppose?', among(REFUSAL_REASONS), { optional: true }),
    text('text', 'What you suppose, and why'),
  ],
  with: (body, project) => [project, body],
});

export const replyToSupposition = form({
  ...{ name: 'reply-to-supposition', title: 'Reply to a supposition' },
  about: 'For the holder it is about, who is not shown its words.',
  fits: having(({ suppositions }) => suppositions),
  route: [SuppositionsController, 'reply'],
  schema: Reply.extend({ supposition: LocalId }),
  fields: [
    select(
      'supposition',
      'Which supposition?',
      listedBy((world, { account, now }) =>
        world.project.suppositions.filter((each) =>
          mayReplyToSupposition(world, each, account.person ?? '', now),
        ),
      ),
    ),
    text('text', 'Your reply'),
  ],
  with: ({ supposition, ...body }, project) => [project, supposition, body],
});

export const wishToBeAsked = form({
  ...{ name: 'wish-to-be-asked', title: 'Wish to be asked about the next version', fits: hasRequest },
  about: 'For those who declined: of a new version you are told, and asked only if you wish.',
  route: [RequestsController, 'wish'],
  schema: Nothing.unwrap().extend(ofRequest),
  fields: [request],
  with: ({ request: id }, project) => [project, id, {}],
});

export const withdrawGrant = form({
  ...{ name: 'withdraw-grant', title: 'Withdraw a grant' },
  about: 'For the holder. It takes effect at once: every release that rests on it closes.',
  fits: ever(({ requests: all }) =>
    Object.values(all).filter(({ answer, withdrawn }) => answer?.grant && !withdrawn),
  ),
  route: [RequestsController, 'withdraw'],
  schema: Withdraw.extend(ofRequest),
  fields: [
    request,
    choice('mode', 'What is to happen with the data?', WITHDRAWAL_MODES),
    yesNo('atOnce', 'Destroy it at once, without the 24 hours?', { optional: true }),
    text('reason', 'Your reason', { optional: true }),
    select('confidant', 'Only one neutral person is to read the reason', people(), { optional: true }),
  ],
  with: ({ request: id, ...body }, project) => [project, id, body],
});

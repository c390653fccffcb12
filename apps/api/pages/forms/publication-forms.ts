// Forms about publication: put before partners, comments and their answers, dissent, publishing, withholding, the contact.
import { COMMENT_SUBJECTS } from '#libs/domain';
import { Because, LocalId, Nothing } from '../../http/fields';
import {
  Comment,
  Contact,
  Propose,
  PublicationsController,
  Word,
} from '../../publications/publications.controller';
import { form } from './declared';
import { choice, insights, namedBy, listedBy, REASON, select, text } from './fields';
import { afterwards, isSuspended } from './fitting';

const publication = select(
  'publication',
  'Which finding?',
  namedBy(
    ({ project }) => Object.values(project.publications),
    ({ insight }) => `insight ${insight}`,
  ),
);
const of = { publication: LocalId };
const hasOne = afterwards(({ publications }) => publications);
const insight = select('insight', 'Which insight?', insights);
const hasInsight = afterwards(({ insights: all }) => all);

export const proposePublication = form({
  ...{ name: 'propose-publication', title: 'Put a finding before the partners', fits: hasInsight },
  about:
    'With its approved plain summary. Partners have 20 working days to comment on facts and confidentiality.',
  route: [PublicationsController, 'propose'],
  schema: Propose,
  fields: [insight],
  with: (body, project) => [project, body],
});

export const commentOnPublication = form({
  ...{ name: 'comment-on-publication', title: 'Comment on a finding', fits: hasOne },
  about: 'On facts or confidentiality, while the period runs. It is no veto.',
  route: [PublicationsController, 'comment'],
  schema: Comment.extend(of),
  fields: [publication, choice('about', 'What is it about?', COMMENT_SUBJECTS), text('text', 'Your comment')],
  with: ({ publication: id, ...body }, project) => [project, id, body],
});

export const answerComment = form({
  ...{ name: 'answer-comment', title: 'Answer a comment on a finding' },
  about: 'Each has to be answered before a finding is published.',
  fits: afterwards((project) =>
    Object.values(project.publications).filter(({ comments }) => comments.some(({ answer }) => !answer)),
  ),
  route: [PublicationsController, 'answer'],
  schema: Word.extend({ comment: LocalId, publication: LocalId }),
  fields: [
    select(
      'comment',
      'Which comment?',
      listedBy(
        ({ project }) =>
          Object.values(project.publications).flatMap(({ comments }) =>
            comments.filter(({ answer }) => !answer),
          ),
        (each) => each.text,
      ),
    ),
    text('text', 'Your answer'),
  ],
  besides: (fields, { project }) => ({
    publication: Object.values(project.publications).find(({ comments }) =>
      comments.some(({ id }) => id === fields['comment']),
    )?.id,
  }),
  with: ({ comment, publication: id, ...body }, project) => [project, id, comment, body],
});

export const dissentFromPublication = form({
  ...{ name: 'dissent-from-publication', title: 'Dissent from a finding', fits: hasOne },
  about: 'It stands beside what is published. It is no veto.',
  route: [PublicationsController, 'dissent'],
  schema: Word.extend(of),
  fields: [publication, text('text', 'Your dissent')],
  with: ({ publication: id, ...body }, project) => [project, id, body],
});

export const publishFinding = form({
  ...{ name: 'publish-finding', title: 'Publish a finding', fits: hasOne },
  about: 'Once the period is over and each comment is answered. It then stands in the public register.',
  route: [PublicationsController, 'publish'],
  schema: Nothing.unwrap().extend(of),
  fields: [publication],
  with: ({ publication: id }, project) => [project, id, {}],
});

export const withholdFinding = form({
  ...{ name: 'withhold-finding', title: 'Keep a finding unpublished', fits: hasInsight },
  about: 'The public register lists it with your reason.',
  route: [PublicationsController, 'withhold'],
  schema: Because.extend({ insight: LocalId }),
  fields: [insight, REASON],
  with: ({ insight: id, ...because }, project) => [project, id, because],
});

export const nameContact = form({
  ...{ name: 'name-contact', title: 'Name the contact for the public', fits: (world) => !isSuspended(world) },
  about: 'The public register shows it: whom to ask about this project.',
  route: [PublicationsController, 'contact'],
  schema: Contact,
  fields: [text('contact', 'The contact')],
  with: (body, project) => [project, body],
});

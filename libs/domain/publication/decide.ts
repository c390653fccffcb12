// Who proposes, comments on, dissents from and publishes a finding; time alone publishes nothing.
import { accept, acting, nextId } from '../decide/context';
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { approvedSummary } from '../insights/rules';
import { refuse } from '../refusal';
import { underReview } from '../output-check/rules';
import { holidaysOf } from '../rules/agreement';
import { settledProposal } from '../rules/stages';
import type { Insight } from '../state';
import type { PersonId } from '../words';
import { commentsEnd, publicationStatus, publishedOf, unsoundResults } from './rules';
import { workingDaysAfter } from '../calendar';
import type { Publication, PublicationCommands, PublicationStatus } from './terms';
import { COMMENT_WORKING_DAYS } from './terms';

type FoundInsight = { ok: true; insight: Insight } | Refused;

/** A finding that can be shown to others at all: signed in a reflection, and resting on results that stand. */
function sound(context: Context, id: string): FoundInsight {
  const { world, now } = context;
  const insight = world.project.insights.find((each) => each.id === id);
  if (!insight) return refuse('NOT_FOUND', 'UNKNOWN_INSIGHT', `there is no insight ${id}`, 'check the id');
  const cycle = world.project.cycles.find((each) => each.id === insight.cycle);
  if (!cycle || settledProposal(world, cycle, 'reflection', now) === null)
    return refuse(
      'CONFLICT',
      'NOT_REFLECTED',
      `the reflection that holds ${id} is not signed`,
      'have the reflection signed first',
    );
  const unsound = unsoundResults(world, insight, now);
  return unsound.length === 0
    ? { ok: true, insight }
    : refuse(
        'CONFLICT',
        'NOT_CHECKED',
        `it rests on results that do not stand: ${unsound.join(', ')}`,
        'withhold it with a reason, or have the results checked again',
      );
}

const nameContact: Handler<'NameContact'> = (context, command) => {
  const by = acting(context, ['projectLead']);
  return by.ok ? accept({ type: 'ContactNamed', data: { ...command, person: by.person } }) : by;
};

const proposePublication: Handler<'ProposePublication'> = (context, { insight: id }) => {
  const by = acting(context, ['projectLead']);
  if (!by.ok) return by;
  const found = sound(context, id);
  if (!found.ok) return found;
  const summary = approvedSummary(found.insight);
  if (!summary || summary.version !== found.insight.summaries.length)
    return refuse(
      'CONFLICT',
      'NO_SUMMARY',
      `no practitioner has approved the latest plain summary of ${id}`,
      'write one, and have a practitioner approve it',
    );
  const published = publishedOf(context.world.project, id);
  if (published?.summary === summary.version)
    return refuse('CONFLICT', 'ALREADY_PUBLISHED', 'exactly this is published', 'nothing needs to be done');
  const commentsUntil = workingDaysAfter(
    context.now,
    COMMENT_WORKING_DAYS,
    holidaysOf(context.world.programme),
  );
  const publication = nextId(context, 'pb');
  return accept({
    type: 'PublicationProposed',
    data: { publication, insight: id, summary: summary.version, person: by.person, commentsUntil },
  });
};

type Found =
  | {
      ok: true;
      publication: Publication;
      status: PublicationStatus;
      person: PersonId;
      organisation: string;
    }
  | Refused;
function find(context: Context, id: string, roles: Parameters<typeof acting>[1] = []): Found {
  const by = acting(context, roles);
  if (!by.ok) return by;
  const { project } = context.world;
  const publication = project.publications[id];
  if (!publication)
    return refuse('NOT_FOUND', 'UNKNOWN_PUBLICATION', `there is no publication ${id}`, 'check the id');
  const status = publicationStatus(project, publication, context.now);
  return { ok: true, publication, status, person: by.person, organisation: by.organisation };
}

const commentOnPublication: Handler<'CommentOnPublication'> = (context, command) => {
  const found = find(context, command.publication);
  if (!found.ok) return found;
  if (found.status !== 'COMMENTING')
    return refuse(
      'CONFLICT',
      'COMMENTS_CLOSED',
      `the comment period of ${command.publication} is over`,
      'attach a dissent, which is always possible',
    );
  const { person, organisation } = found;
  const comment = nextId(context, 'pc');
  return accept({ type: 'PublicationCommented', data: { comment, ...command, person, organisation } });
};

const answerComment: Handler<'AnswerComment'> = (context, command) => {
  const found = find(context, command.publication, ['projectLead', 'researcher']);
  if (!found.ok) return found;
  const comment = found.publication.comments.find(({ id }) => id === command.comment);
  if (!comment || comment.answer)
    return refuse('NOT_FOUND', 'NOTHING_TO_ANSWER', 'no such comment waits for an answer', 'check the id');
  if (comment.person === found.person)
    return refuse('FORBIDDEN', 'SELF_APPROVAL', 'nobody answers their own comment', 'somebody else does');
  return accept({ type: 'CommentAnswered', data: { ...command, person: found.person } });
};

/** Not a veto, and never too late: it stands beside what is published. */
const dissent: Handler<'DissentFromPublication'> = (context, command) => {
  const found = find(context, command.publication);
  if (!found.ok) return found;
  const { person, organisation } = found;
  return accept({ type: 'PublicationDissented', data: { ...command, person, organisation } });
};

const WHAT_IS_LACKING: Record<Exclude<PublicationStatus, 'READY'>, [string, string]> = {
  COMMENTING: ['the comment period is running', 'wait until it is over, then publish'],
  ANSWERING: ['comments wait for an answer', 'answer each of them'],
  PUBLISHED: ['it is published already', 'nothing needs to be done'],
  REPLACED: ['a later proposal replaces it', 'publish the later one'],
  WITHHELD: ['the finding was withheld', 'propose it anew'],
};

const publishFinding: Handler<'PublishFinding'> = (context, command) => {
  const found = find(context, command.publication, ['projectLead']);
  if (!found.ok) return found;
  const { publication, status, person } = found;
  if (status !== 'READY') {
    const [reason, remedy] = WHAT_IS_LACKING[status];
    const until = commentsEnd(context.world.project, publication, context.now);
    const when = status === 'COMMENTING' ? ` until ${until}` : '';
    return refuse('CONFLICT', `PUBLICATION_${status}`, `${reason}${when}`, remedy);
  }
  const insight = sound(context, publication.insight);
  if (!insight.ok) return insight;
  if (insight.insight.summaries.length !== publication.summary)
    return refuse(
      'STALE',
      'STALE_CONTENT',
      'the summary was rewritten after partners were asked',
      'have it approved and propose it anew',
    );
  const reviewed = underReview(context.world, insight.insight.analyses, context.now);
  if (reviewed.length > 0)
    return refuse(
      'CONFLICT',
      'UNDER_REVIEW',
      `a holder may still comment on ${reviewed.join(', ')}`,
      'wait for its comment, or for the end of its ten working days',
    );
  return accept({ type: 'FindingPublished', data: { ...command, person } });
};

const withholdFinding: Handler<'WithholdFinding'> = (context, command) => {
  const by = acting(context, ['projectLead']);
  if (!by.ok) return by;
  const { project } = context.world;
  if (!project.insights.some((insight) => insight.id === command.insight))
    return refuse('NOT_FOUND', 'UNKNOWN_INSIGHT', `there is no insight ${command.insight}`, 'check the id');
  if (publishedOf(project, command.insight))
    return refuse(
      'CONFLICT',
      'PUBLICATION_PUBLISHED',
      'what is published cannot be recalled',
      'publish a correction',
    );
  return accept({ type: 'FindingWithheld', data: { ...command, person: by.person } });
};

export const publicationHandlers: Pick<Handlers, keyof PublicationCommands> = {
  NameContact: nameContact,
  ProposePublication: proposePublication,
  CommentOnPublication: commentOnPublication,
  AnswerComment: answerComment,
  DissentFromPublication: dissent,
  PublishFinding: publishFinding,
  WithholdFinding: withholdFinding,
};

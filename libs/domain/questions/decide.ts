// Commands on questions: proposing a version that says what it changes and why, and revoking sufficiency (B13, B18).
import { refuse } from '../refusal';
import type { ProjectState } from '../state';
import type { Handler, Handlers, Refused } from '../decide/context';
import { accept, acting, atStage, nextId } from '../decide/context';
import { ask, PROPOSABLE, propose } from '../decide/proposing';
import { neverGiven } from '../rules/cited';
import { sufficiency } from './sufficiency';
import type { QuestionChange, QuestionForm } from './terms';

const proposeQuestion: Handler<'ProposeQuestion'> = (context, { content, sufficient, form }) => {
  const by = acting(context);
  if (!by.ok) return by;
  const at = atStage(context, 'question', PROPOSABLE);
  if (!at.ok) return at;
  const obstacle = outOfChain(context.world.project, form?.change ?? null) ?? badAim(form);
  if (obstacle) return obstacle;
  const question = nextId(context, 'q');
  const cycle = at.cycle.id;
  return propose(
    { type: 'QuestionProposed', data: { question, cycle, content, sufficient, ...(form ? { form } : {}) } },
    ask(context, {
      kind: 'QUESTION',
      subject: { type: 'question', id: question, cycle },
      content,
      proposer: by.person,
    }),
  );
};

/** B13: every version but the first says which one it changes, what, and why. */
function outOfChain(project: ProjectState, change: QuestionChange | null): Refused | null {
  const latest = project.questions.at(-1);
  if (!latest)
    return change === null
      ? null
      : refuse('INVALID', 'CHAIN', 'the first question changes no other', 'leave the change out');
  if (change === null)
    return refuse(
      'INVALID',
      'CHAIN',
      'a further version says what it narrows, widens or rewords of an earlier one, and why',
      `name the version it changes, for example ${latest.id}`,
    );
  if (!project.questions.some((question) => question.id === change.from))
    return refuse('INVALID', 'CHAIN', `there is no question ${change.from} to change`, `name ${latest.id}`);
  return neverGiven(project, change.cites);
}

function badAim(form: QuestionForm | undefined): Refused | null {
  if (!form || (form.aim === 'TIGHT') === form.options.length > 0) return null;
  return form.aim === 'TIGHT'
    ? refuse(
        'INVALID',
        'OPTIONS',
        'a tight question names the policy options it assumes',
        'name them, or ask broadly',
      )
    : refuse('INVALID', 'OPTIONS', 'a broad aim assumes no options', 'leave them out, or ask tightly');
}

/** Closing is easier than opening: one of those who sign questions is enough, at once. */
const revokeSufficiency: Handler<'RevokeSufficiency'> = (context, { because, cites }) => {
  const by = acting(context, ['policyOfficial', 'researcher']);
  if (!by.ok) return by;
  const standing = sufficiency(context.world, context.now);
  if (standing.status !== 'GRANTED' || standing.by === null)
    return refuse(
      'CONFLICT',
      'NOT_SUFFICIENT',
      'the data is not held to be sufficient for any signed question',
      'nothing needs to be revoked',
    );
  const unknown = neverGiven(context.world.project, cites);
  if (unknown) return unknown;
  const revocation = nextId(context, 'srv');
  return accept({
    type: 'SufficiencyRevoked',
    data: { revocation, question: standing.by, because, cites },
  });
};

export const questionHandlers: Pick<Handlers, 'ProposeQuestion' | 'RevokeSufficiency'> = {
  ProposeQuestion: proposeQuestion,
  RevokeSufficiency: revokeSufficiency,
};

// Policy questions: a cycle begins with one, never with data.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  currentCycle,
  QUESTION_AIMS,
  QUESTION_CHANGES,
  roundAbout,
  roundStatus,
  settledProposal,
} from '#libs/domain';
import type { Question } from '#libs/domain';
import { commitText, signContent } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { said } from '../http/said';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { QuestionShown } from '../cycles/shown';
import { pageOf } from '../http/shown';

const Change = z
  .strictObject({
    from: LocalId.describe('The version it changes.'),
    kind: z.enum(QUESTION_CHANGES),
    what: FreeText,
    because: FreeText,
    cites: z.array(LocalId).max(50).default([]).describe('Insights, evidence, questions it rests on.'),
  })
  .describe('For every version but the first of a project.');
export const ProposeQuestion = z.strictObject({
  question: FreeText,
  framing: FreeText.describe('Tight with assumed options, or a broad aim to be narrowed.'),
  aim: z.enum(QUESTION_AIMS).default('BROAD'),
  options: z.array(FreeText).max(20).default([]).describe('The policy options a tight question assumes.'),
  change: Change.optional(),
  sufficient: z
    .boolean()
    .describe('Whether the data at hand, with what is asked for, is held to be enough to answer it.'),
  summary: FreeText,
});
export type ProposeQuestion = z.infer<typeof ProposeQuestion>;

@ApiTags('questions')
@Controller('projects/:project/questions')
export class QuestionsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('question.propose', 'Proposes the question of the open cycle, or a revision of it')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeQuestion }) { summary, ...body }: ProposeQuestion,
  ) {
    return this.commands.onProject(call, project, (world) => {
      const descendsFrom = currentCycle(world.project)?.descendsFrom ?? null;
      const { content, contents } = signContent({ kind: 'QUESTION', ...body, descendsFrom }, { summary });
      const { form, texts } = formOf(body);
      return {
        command: { type: 'ProposeQuestion', content, sufficient: body.sufficient, form },
        ...{ contents, texts },
      };
    });
  }

  @Get()
  @Shows('project.read', 'Lists the questions and their revisions', pageOf(QuestionShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = worldOf(call).project.questions;
    return slice(
      all.map((question) => questionView(call, question)),
      query,
    );
  }

  @Get(':question')
  @Shows('project.read', 'Shows a question', QuestionShown)
  show(@Calling() call: Call, @Param('question') id: string) {
    const found = worldOf(call).project.questions.find((q) => q.id === id);
    return questionView(call, found ?? notFound('question', id));
  }
}

/** The chain as the ledger keeps it: ids and kinds in the entry, the words apart from it. */
function formOf({ aim, options, change }: Omit<ProposeQuestion, 'summary'>) {
  const committed = options.map((option) => commitText(option));
  const [what, because] = change ? [commitText(change.what), commitText(change.because)] : [];
  return {
    form: {
      aim,
      options: committed.map((option) => option.commitment),
      change:
        change && what && because ? { ...change, what: what.commitment, because: because.commitment } : null,
    },
    texts: [...committed, ...(what && because ? [what, because] : [])],
  };
}

/** B10: the cycle and the reflection it descends from; null in the first cycle. */
function descent(call: Call, question: Question) {
  const world = worldOf(call);
  const { cycles } = world.project;
  const own = cycles.find((cycle) => cycle.id === question.cycle);
  const parent = cycles.find((cycle) => cycle.id === own?.descendsFrom);
  return parent
    ? { cycle: parent.id, reflection: settledProposal(world, parent, 'reflection', call.now) }
    : null;
}

function questionView(call: Call, question: Question) {
  const { programme, project } = worldOf(call);
  const round = roundAbout(project.checkpoints, 'QUESTION', question.id);
  const { form, version: _version, ...rest } = question;
  return {
    ...rest,
    status: round === null ? null : roundStatus(programme, 'QUESTION', round, call.now),
    aim: form?.aim ?? null,
    options: (form?.options ?? []).map(said),
    descendsFrom: descent(call, question),
    change: form?.change
      ? { ...form.change, what: said(form.change.what), because: said(form.change.because) }
      : null,
  };
}

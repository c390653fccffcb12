// Policy questions: a cycle begins with one, never with data.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { currentCycle, roundAbout, roundStatus } from '#libs/domain';
import type { Question } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { z } from 'zod';
import { FreeText } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { QuestionShown, pageOf } from '../http/shown';

const ProposeQuestion = z.strictObject({
  question: FreeText,
  framing: FreeText.describe('Tight with assumed options, or a broad aim to be narrowed.'),
  sufficient: z.boolean().describe('Whether the data at hand is thought sufficient for it.'),
  summary: FreeText,
});

@ApiTags('questions')
@Controller('projects/:project/questions')
export class QuestionsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('question.propose', 'Proposes the question of the open cycle, or a revision of it')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeQuestion })
    { question, framing, sufficient, summary }: z.infer<typeof ProposeQuestion>,
  ) {
    return this.commands.onProject(call, project, (world) => {
      const descendsFrom = currentCycle(world.project)?.descendsFrom ?? null;
      const { content, contents } = signContent(
        { kind: 'QUESTION', question, framing, sufficient, descendsFrom },
        { summary },
      );
      return { command: { type: 'ProposeQuestion', content, sufficient }, contents };
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

function questionView(call: Call, question: Question) {
  const { programme, project } = worldOf(call);
  const round = roundAbout(project.checkpoints, 'QUESTION', question.id);
  return { ...question, status: round === null ? null : roundStatus(programme, 'QUESTION', round, call.now) };
}

// Clarifications of a data request, before it is answered: questions and answers of either side.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CLARIFICATION_TOPICS, clarificationStatus, mayReadClarifications } from '#libs/domain';
import type { Clarification } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, LocalId, Nothing } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { ClarificationShown } from '../http/shown-negotiation';
import { Calling, notFound, personOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const Question = z.strictObject({
  request: LocalId,
  topic: z.enum(CLARIFICATION_TOPICS),
  question: FreeText,
});
export const AnswerIn = z.strictObject({ answer: FreeText });

@ApiTags('clarifications')
@Controller('projects/:project/clarifications')
export class ClarificationsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('request.clarify', 'Asks the other side of a request a question')
  ask(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Question }) { request, topic, question }: z.infer<typeof Question>,
  ) {
    const text = commitText(question);
    const command = { type: 'AskClarification', request, topic, text: text.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [text] }));
  }

  @Get()
  @Shows('project.read', 'Lists the clarifications of your side', pageOf(ClarificationShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = worldOf(call).project.clarifications.filter((c) => mayRead(call, c));
    return slice(
      all.map((c) => clarificationView(call, c)),
      query,
    );
  }

  @Get(':clarification')
  @Shows('project.read', 'Shows a clarification of your side', ClarificationShown)
  show(@Calling() call: Call, @Param('clarification') id: string) {
    const found = worldOf(call).project.clarifications.find((c) => c.id === id && mayRead(call, c));
    return clarificationView(call, found ?? notFound('clarification', id));
  }

  @Post(':clarification/answers')
  @Does('request.clarify', 'Answers a question, or adds to it')
  answer(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('clarification') clarification: string,
    @Body({ schema: AnswerIn }) body: z.infer<typeof AnswerIn>,
  ) {
    const text = commitText(body.answer);
    const command = { type: 'AnswerClarification', clarification, text: text.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [text] }), clarification);
  }

  @Post(':clarification/settlement')
  @Does('request.clarify', 'Says that the question your side asked is settled')
  settle(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('clarification') clarification: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    const command = { type: 'SettleClarification', clarification } as const;
    return this.commands.onProject(call, project, () => ({ command }), clarification);
  }
}

function mayRead(call: Call, { request: id }: Clarification): boolean {
  const world = worldOf(call);
  const request = world.project.requests[id];
  return request !== undefined && mayReadClarifications(world, request, personOf(call), call.now);
}

function clarificationView(call: Call, clarification: Clarification) {
  const { programme } = worldOf(call);
  const { id, request, side, topic, at, settledAt } = clarification;
  return {
    ...{ id, request, side, topic, at, settledAt },
    ...{ person: person(programme, clarification.person), text: said(clarification.text) },
    status: clarificationStatus(clarification),
    answers: clarification.answers.map((a) => ({
      ...{ side: a.side, at: a.at, person: person(programme, a.person), text: said(a.text) },
    })),
  };
}

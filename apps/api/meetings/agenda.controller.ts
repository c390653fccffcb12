// What people bring to meetings and what meetings agree: agenda items from anybody, outcomes drafted for sign-off.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { outcomeStatus } from '#libs/domain';
import { z } from 'zod';
import { Apart } from '../evidence/bodies';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { Calling, programmeOf, streamOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { AgendaItem, AgendaItemShown, DraftOutcome, OutcomeShown, PutUp } from './bodies';

@ApiTags('meetings')
@Controller(['projects/:project', 'programmes/:programme'])
export class AgendaController {
  constructor(private readonly commands: Commands) {}

  @Post('agenda-items')
  @Does('agenda.propose', 'Proposes an item for the next meeting')
  propose(@Calling() call: Call, @Body({ schema: AgendaItem }) body: z.infer<typeof AgendaItem>) {
    const { take, texts } = new Apart();
    return this.commands.onStream(call, {
      command: { type: 'ProposeAgendaItem', text: take(body.text) },
      texts,
    });
  }

  @Get('agenda-items')
  @Shows('meeting.read', 'Lists the proposed agenda items', pageOf(AgendaItemShown))
  items(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const items = streamOf(call).agendaItems.map(({ text, person: by, ...item }) => ({
      ...{ ...item, text: said(text), person: person(programmeOf(call), by) },
    }));
    return slice(items, query);
  }

  @Post('agenda-items/:item/withdrawal')
  @Does('agenda.propose', 'Takes back an item you proposed')
  withdraw(@Calling() call: Call, @Param('item') item: string) {
    return this.commands.onStream(call, { command: { type: 'WithdrawAgendaItem', item } }, item);
  }

  @Post('outcomes')
  @Does('agenda.propose', 'Drafts what a meeting agreed, by somebody who was there; it decides nothing yet')
  draft(@Calling() call: Call, @Body({ schema: DraftOutcome }) body: z.infer<typeof DraftOutcome>) {
    const { take, texts } = new Apart();
    const { of, meeting, kind, text } = body;
    const command = { type: 'DraftOutcome', at: { of, meeting }, kind, text: take(text) } as const;
    return this.commands.onStream(call, { command, texts });
  }

  @Get('outcomes')
  @Shows(
    'meeting.read',
    'Lists what meetings agreed, and whether sign-offs have confirmed it',
    pageOf(OutcomeShown),
  )
  outcomes(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const [programme, stream] = [programmeOf(call), streamOf(call)];
    const outcomes = stream.outcomes.map((outcome) => ({
      ...{ ...outcome, text: said(outcome.text), person: person(programme, outcome.person) },
      status: outcomeStatus(programme, stream.checkpoints, outcome, call.now),
    }));
    return slice(outcomes, query);
  }

  @Post('outcomes/:outcome/sign-off')
  @Does(
    'agenda.propose',
    'Names the sign-off that was opened for it; its signers confirm or refuse, each by link',
  )
  putUp(
    @Calling() call: Call,
    @Param('outcome') outcome: string,
    @Body({ schema: PutUp }) { checkpoint }: z.infer<typeof PutUp>,
  ) {
    return this.commands.onStream(call, { command: { type: 'PutUpOutcome', outcome, checkpoint } }, outcome);
  }
}

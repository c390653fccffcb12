// Programmes: what holds the core team, the agreement and its projects.
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { agreementInForce } from '#libs/domain';
import { commitText, newId, programmes } from '#libs/ledger';
import { z } from 'zod';
import { Line } from '../http/fields';
import { cursorTo, keyOf, PageQuery } from '../http/pages';
import { said } from '../http/said';
import { Calling, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { pageOf } from '../http/shown';
import { ProgrammeListed, ProgrammeShown } from './shown';

const StartProgramme = z.strictObject({ name: Line });

@ApiTags('programmes')
@Controller('programmes')
export class ProgrammesController {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly commands: Commands,
  ) {}

  @Post()
  @Does('programme.start', 'Starts a programme')
  start(@Calling() call: Call, @Body({ schema: StartProgramme }) body: z.infer<typeof StartProgramme>) {
    const name = commitText(body.name);
    const id = newId('pgm');
    const command = { type: 'StartProgramme', name: name.commitment } as const;
    return this.commands.startProgramme(call, id, { command, texts: [name] });
  }

  @Get()
  @Shows('programme.list', 'Lists the programmes you can see', pageOf(ProgrammeListed))
  async list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const only = call.account.programme === null ? null : [call.account.programme];
    const page = await programmes(
      this.handle.source,
      { after: keyOf(query.cursor), limit: query.limit },
      only,
    );
    const items = page.items.map(({ id, name, agreement }) => ({ id, name: said(name), agreement }));
    return { items, next: page.next === null ? null : cursorTo(page.next) };
  }

  @Get(':programme')
  @Shows('programme.read', 'Shows a programme and whether an agreement is in force', ProgrammeShown)
  show(@Calling() call: Call) {
    const state = programmeOf(call);
    return {
      ...{ id: state.id, name: said(state.name), version: state.version, now: call.now },
      agreementInForce: agreementInForce(state, call.now)?.id ?? null,
      organisations: Object.keys(state.organisations).length,
      people: Object.keys(state.people).length,
    };
  }
}

// The tempo of a project: expedited by a shock, back to routine.
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SHOCK_CAUSES, tempoOf, TEMPOS } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText } from '../http/fields';
import { person, said } from '../http/said';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { TempoShown } from './shown';

export const SetTempo = z.strictObject({
  tempo: z.enum(TEMPOS),
  cause: z.enum(SHOCK_CAUSES).nullable().default(null).describe('Of a shock; routine has none.'),
  reason: FreeText,
});

@ApiTags('projects')
@Controller('projects/:project/tempo')
export class TempoController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('tempo.set', 'Expedites the project under a shock, or returns it to routine; skips nothing')
  set(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: SetTempo }) body: z.infer<typeof SetTempo>,
  ) {
    const reason = commitText(body.reason);
    const command = { type: 'SetTempo', ...body, reason: reason.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [reason] }), 'tempo');
  }

  @Get()
  @Shows('project.read', 'Shows the tempo and how it changed', TempoShown)
  show(@Calling() call: Call) {
    const { programme, project } = worldOf(call);
    return {
      tempo: tempoOf(project),
      changes: project.tempos.map(({ reason, person: by, ...change }) => ({
        ...change,
        reason: said(reason),
        person: person(programme, by),
      })),
    };
  }
}

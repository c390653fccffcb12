// The core team of a programme: who it is, and naming it anew.
import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { coreTeam, sidesOf } from '#libs/domain';
import { z } from 'zod';
import { PersonId } from '../http/fields';
import { person } from '../http/said';
import { Named } from '../http/shown';
import { Calling, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const NameCoreTeam = z.strictObject({ members: z.array(PersonId).min(2).max(50) });
const CoreTeamShown = z.object({
  ...{ members: z.array(Named), namedAt: z.string().nullable() },
  ...{
    researchers: z.int(),
    officials: z.int(),
    bodies: z.int().describe('Organisations of the officials.'),
  },
});

@ApiTags('programmes')
@Controller('programmes/:programme/core-team')
export class CoreTeamController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('coreTeam.name', 'Names the whole core team; whoever is left out has left it')
  name(@Calling() call: Call, @Body({ schema: NameCoreTeam }) { members }: z.infer<typeof NameCoreTeam>) {
    const programme = programmeOf(call).id;
    return this.commands.onProgramme(call, programme, () => ({ command: { type: 'NameCoreTeam', members } }));
  }

  @Get()
  @Shows('programme.read', 'Shows the core team', CoreTeamShown)
  show(@Calling() call: Call) {
    const programme = programmeOf(call);
    const members = coreTeam(programme, call.now);
    return {
      ...{ members: members.map((id) => person(programme, id)), namedAt: programme.coreTeam?.at ?? null },
      ...sidesOf(programme, members, call.now),
    };
  }
}

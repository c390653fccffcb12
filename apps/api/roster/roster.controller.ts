// Who takes part in a project: each organisation's registrar names its own people, or everybody does.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { participants } from '#libs/domain';
import { z } from 'zod';
import { PersonId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { organisation, person } from '../http/said';
import { Named, pageOf, Role } from '../http/shown';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const SetRoster = z.strictObject({
  people: z
    .array(PersonId)
    .max(500)
    .nullable()
    .describe('People of your organisation; null: everybody it has on the programme’s roster.'),
});
const ParticipantShown = Named.extend({
  ...{ organisation: Named, roles: z.array(Role) },
  named: z.boolean().describe('Whether the organisation named its people for this project.'),
});

@ApiTags('people')
@Controller('projects/:project/roster')
export class RosterController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('roster.set', 'Names who of your organisation takes part in this project')
  set(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: SetRoster }) { people }: z.infer<typeof SetRoster>,
  ) {
    const command = { type: 'SetProjectRoster', people } as const;
    return this.commands.onProject(call, project, () => ({ command }), 'roster');
  }

  @Get()
  @Shows('project.read', 'Lists who takes part in this project', pageOf(ParticipantShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      participants(world, call.now).map(({ person: id, tenure }) => ({
        ...person(world.programme, id),
        ...{ organisation: organisation(world.programme, tenure.organisation), roles: tenure.roles },
        named: (world.project.rosters[tenure.organisation]?.people ?? null) !== null,
      })),
      query,
    );
  }
}

// Organisations of a programme: institutions, holders, providers.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commitText, newId } from '#libs/ledger';
import { z } from 'zod';
import { Line, OrganisationId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { said } from '../http/said';
import { Calling, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { pageOf } from '../http/shown';
import { OrganisationShown } from '../programmes/shown';

const AddOrganisation = z.strictObject({
  name: Line,
  commissionedBy: z
    .array(OrganisationId)
    .max(50)
    .default([])
    .describe('Organisations that commission this one.'),
});

@ApiTags('organisations')
@Controller('programmes/:programme/organisations')
export class OrganisationsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('organisation.add', 'Adds an organisation')
  add(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Body({ schema: AddOrganisation }) body: z.infer<typeof AddOrganisation>,
  ) {
    const name = commitText(body.name);
    const organisation = newId('org');
    return this.commands.onProgramme(call, programme, () => ({
      command: {
        type: 'AddOrganisation',
        organisation,
        name: name.commitment,
        commissionedBy: body.commissionedBy,
      },
      texts: [name],
    }));
  }

  @Get()
  @Shows('programme.read', 'Lists the organisations', pageOf(OrganisationShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = Object.values(programmeOf(call).organisations);
    return slice(
      all.map(({ id, name, commissionedBy }) => ({ id, name: said(name), commissionedBy })),
      query,
    );
  }
}

// People: attested by their own registrar (or, before an agreement stands, registrars and signatories by the administrator).
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { hasAddress, pendingChange, tenureOf } from '#libs/domain';
import { commitText, newId } from '#libs/ledger';
import { z } from 'zod';
import { Address, Line, Nothing, OrganisationId, PersonId, RoleField } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { organisation, said } from '../http/said';
import { Calling, notFound, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { pageOf } from '../http/shown';
import { PersonShown } from '../programmes/shown';

export const Attest = z.strictObject({
  organisation: OrganisationId,
  roles: z.array(RoleField).min(1).max(19),
  name: Line,
  address: Address.nullable().describe(
    'Null for somebody without e-mail, who is asked by telephone or on paper.',
  ),
});
export const Roles = z.strictObject({ roles: z.array(RoleField).min(1).max(19) });
export const NewAddress = z.strictObject({ address: Address });
export const Deputy = z.strictObject({ deputy: PersonId.nullable().describe('Null: nobody any more.') });

@ApiTags('people')
@Controller('programmes/:programme')
export class PeopleController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
  ) {}

  @Post('people')
  @Does('person.attest', 'Attests a person, their roles and address')
  attest(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Body({ schema: Attest }) body: z.infer<typeof Attest>,
  ) {
    const name = commitText(body.name);
    const address = body.address === null ? null : commitText(body.address);
    const person = newId('per');
    return this.commands.decideOnProgramme(call, programme, () => ({
      command: {
        ...{ type: 'AttestPerson', person, organisation: body.organisation, roles: body.roles },
        ...{ name: name.commitment, address: address?.commitment ?? null },
      },
      texts: address === null ? [name] : [name, address],
    }));
  }

  @Get('people')
  @Shows('programme.read', 'Lists the people, with their present roles', pageOf(PersonShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const ids = Object.keys(programmeOf(call).people);
    return slice(
      ids.map((id) => personView(call, id)),
      query,
    );
  }

  @Get('people/:person')
  @Shows('programme.read', 'Shows a person', PersonShown)
  show(@Calling() call: Call, @Param('person') person: string) {
    return personView(call, person);
  }

  @Post('people/:person/roles')
  @Does('person.change', 'Changes a person’s roles')
  roles(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Param('person') person: string,
    @Body({ schema: Roles }) body: z.infer<typeof Roles>,
  ) {
    const draft = { command: { type: 'ChangeRoles', person, roles: body.roles } } as const;
    return this.commands.decideOnProgramme(call, programme, () => draft, person);
  }

  @Post('people/:person/address')
  @Does('person.change', 'Changes a person’s address; takes effect after the agreement’s delay')
  address(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Param('person') person: string,
    @Body({ schema: NewAddress }) body: z.infer<typeof NewAddress>,
  ) {
    const address = commitText(body.address);
    const command = { type: 'ChangeAddress', person, address: address.commitment } as const;
    return this.commands.decideOnProgramme(call, programme, () => ({ command, texts: [address] }), person);
  }

  @Post('people/:person/address/cancellation')
  @Does('person.change', 'Calls off a change of address that has not taken effect')
  cancelAddress(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Param('person') person: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    const draft = { command: { type: 'CancelAddressChange', person } } as const;
    return this.commands.decideOnProgramme(call, programme, () => draft, person);
  }

  @Post('people/:person/departure')
  @Does('person.change', 'Records that a person left')
  departure(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Param('person') person: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    return this.commands.decideOnProgramme(
      call,
      programme,
      () => ({ command: { type: 'RecordLeaver', person } }),
      person,
    );
  }

  @Post('people/:person/access')
  @HttpCode(202)
  @Does('person.invite', 'Mails the person a link behind which they take an access token')
  async access(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Param('person') person: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    personView(call, person);
    await this.handle.credentials.invite(programme, person);
    return { id: person };
  }

  @Post('deputy')
  @Does('deputy.name', 'Names your deputy, to whom escalations go')
  deputy(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Body({ schema: Deputy }) body: z.infer<typeof Deputy>,
  ) {
    const draft = { command: { type: 'NameDeputy', deputy: body.deputy } } as const;
    return this.commands.onProgramme(call, programme, () => draft, body.deputy ?? undefined);
  }
}

function personView(call: Call, id: string) {
  const programme = programmeOf(call);
  const known = programme.people[id] ?? notFound('person', id);
  const tenure = tenureOf(programme, id, call.now);
  return {
    ...{ id, name: said(known.name), deputy: known.deputy, roles: tenure?.roles ?? [] },
    hasAddress: hasAddress(known),
    addressChangesAt: pendingChange(known, call.now)?.effectiveAt ?? null,
    organisation: tenure === null ? null : organisation(programme, tenure.organisation),
    leftAt: tenure === null ? (known.tenures.at(-1)?.to ?? null) : null,
  };
}

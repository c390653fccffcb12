// The registrars' page: the people of their own organisation, what changes, and forms for all that only a registrar says.
import { Controller, Get, Header, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { hasAddress, peopleAt, pendingChange, tenureOf } from '#libs/domain';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { organisation, person, said } from '../http/said';
import { Calling, notFound, personOf, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { PeopleController } from '../people/people.controller';
import { Undeliverable } from '../people/undeliverable';
import { Changes, Shows } from '../policy/does';
import { FormDesk } from './forms/form-desk';
import type { Asked } from './forms/form-desk';
import { HTML } from './paging';
import { ATTEST, PERSON_FORMS, refusalOf } from './people-forms';
import type { About, PeopleForm } from './people-forms';
import { PAGES } from './session';
import { Showing } from './showing';

const PEOPLE = `${PAGES}/people`;
const Done = z.object({
  done: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional()
    .catch(undefined),
});

@ApiExcludeController()
@Controller('app/people')
export class PeoplePages {
  constructor(
    private readonly showing: Showing,
    private readonly people: PeopleController,
    private readonly undeliverable: Undeliverable,
    private readonly desk: FormDesk,
  ) {}

  @Get()
  @Shows('programme.read', 'The people of a registrar’s own organisation')
  @Header(...HTML)
  async list(
    @Calling() call: Call,
    @Query({ schema: Done }) { done }: z.infer<typeof Done>,
  ): Promise<string> {
    const own = ownOrganisation(call);
    const { language, t } = this.showing;
    const programme = programmeOf(call);
    const back = await this.undeliverable.of(programme.id);
    const people = peopleAt(programme, call.now, { organisation: own }).map(({ person: id, tenure }) => ({
      ...person(programme, id),
      roles: language.list(tenure.roles.map((role) => t(`role.${role}`))),
      hasAddress: hasAddress(programme.people[id]),
      changesAt: pendingChange(programme.people[id], call.now)?.effectiveAt ?? null,
      bouncedSince: back.get(id) ?? null,
      forms: formsFor(call, id).map(({ name, key }) => ({
        title: t(`people.${key}`),
        href: `${PEOPLE}/${id}/do/${name}`,
      })),
    }));
    const form = [ATTEST, ...PERSON_FORMS].find(({ name }) => name === done);
    return this.showing.page(call, 'people', {
      ...{ title: t('people.title'), organisation: organisation(programme, own), people },
      ...{ attest: `${PEOPLE}/do/${ATTEST.name}`, back: { href: PAGES, text: t('app.projects') } },
      done: form === undefined ? null : t('people.done', { form: t(`people.${form.key}`) }),
    });
  }

  @Get('do/attest')
  @Shows('programme.read', 'A form to attest a person')
  @Header(...HTML)
  showAttest(@Calling() call: Call): Promise<string> {
    return this.desk.show(call, this.asked(call, ATTEST, aboutNobody(call)));
  }

  @Post('do/attest')
  @Changes('person.attest', 'Attests a person', 303)
  attest(@Calling() call: Call, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(call, this.asked(call, ATTEST, aboutNobody(call)), request, response);
  }

  @Get(':person/do/:form')
  @Shows('programme.read', 'A form about a person')
  @Header(...HTML)
  show(@Calling() call: Call, @Param('person') id: string, @Param('form') name: string): Promise<string> {
    return this.desk.show(call, this.asked(call, formFor(call, id, name), aboutPerson(call, id)));
  }

  @Post(':person/do/:form')
  @Changes('person.change', 'Sends a form about a person', 303)
  change(
    @Calling() call: Call,
    @Param('person') id: string,
    @Param('form') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.take(
      call,
      this.asked(call, formFor(call, id, name), aboutPerson(call, id)),
      request,
      response,
    );
  }

  private asked(call: Call, form: PeopleForm, about: About): Asked {
    const programme = programmeOf(call);
    const { t } = this.showing;
    const whose = programme.people[about.person] ?? programme.organisations[about.organisation];
    return {
      ...{ title: t(`people.${form.key}`), about: t(`people.${form.key}About`), fields: form.fields(t) },
      values: form.values?.(programme, about.person, call.now) ?? {},
      of: { caption: said(whose?.name), version: programme.version },
      action: about.person === '' ? `${PEOPLE}/do/${form.name}` : `${PEOPLE}/${about.person}/do/${form.name}`,
      ...{ done: `${PEOPLE}?done=${form.name}`, back: { href: PEOPLE, text: t('people.back') } },
      send: (sending, fields) => form.send(this.people, sending, about, fields),
      refusal: (rule) => refusalOf(this.showing.language, rule),
    };
  }
}

const aboutNobody = (call: Call): About => ({ organisation: ownOrganisation(call), person: '' });

/** Whoever is no registrar finds nothing here. */
function ownOrganisation(call: Call): string {
  const tenure = tenureOf(programmeOf(call), personOf(call), call.now);
  return tenure?.roles.includes('registrar') ? tenure.organisation : notFound('page', 'people');
}

/** Somebody of another organisation looks like nobody; and a registrar's own entry changes by an agreement alone. */
function aboutPerson(call: Call, id: string): About {
  const own = ownOrganisation(call);
  const tenure = tenureOf(programmeOf(call), id, call.now);
  if (tenure?.organisation !== own || id === personOf(call)) notFound('person', id);
  return { organisation: own, person: id };
}

/** What means something for this person: nothing is called off that is not under way. */
function formsFor(call: Call, id: string): PeopleForm[] {
  if (id === personOf(call)) return [];
  const isPending = pendingChange(programmeOf(call).people[id], call.now) !== null;
  const left = isPending ? 'address' : 'cancel-address';
  return PERSON_FORMS.filter(({ name }) => name !== left);
}

const formFor = (call: Call, id: string, name: string): PeopleForm =>
  (aboutPerson(call, id) && formsFor(call, id).find((form) => form.name === name)) ??
  notFound('form', name.slice(0, 40));

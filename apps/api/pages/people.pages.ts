// The registrars' page: the people of their own organisation, what changes, and forms for all that only a registrar says.
import { Controller, Get, Header, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { hasAddress, peopleAt, pendingChange, tenureOf } from '#libs/domain';
import { wordsOf } from '#libs/web';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { organisation, person, said } from '../http/said';
import { Calling, notFound, personOf, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { PeopleController } from '../people/people.controller';
import { Undeliverable } from '../people/undeliverable';
import { Changes, Shows } from '../policy/does';
import { errorsOf } from './forms/problems';
import type { FormError } from './forms/problems';
import { HTML } from './paging';
import { ATTEST, PERSON_FORMS } from './people-forms';
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

interface Shown {
  form: PeopleForm;
  about: About;
  values: Fields;
  errors: FormError[];
}

@ApiExcludeController()
@Controller('app/people')
export class PeoplePages {
  constructor(
    private readonly showing: Showing,
    private readonly people: PeopleController,
    private readonly undeliverable: Undeliverable,
  ) {}

  @Get()
  @Shows('programme.read', 'The people of a registrar’s own organisation')
  @Header(...HTML)
  async list(
    @Calling() call: Call,
    @Query({ schema: Done }) { done }: z.infer<typeof Done>,
  ): Promise<string> {
    const own = ownOrganisation(call);
    const programme = programmeOf(call);
    const back = await this.undeliverable.of(programme.id);
    const people = peopleAt(programme, call.now, { organisation: own }).map(({ person: id, tenure }) => ({
      ...person(programme, id),
      roles: tenure.roles.map(wordsOf),
      hasAddress: hasAddress(programme.people[id]),
      changesAt: pendingChange(programme.people[id], call.now)?.effectiveAt ?? null,
      bouncedSince: back.get(id) ?? null,
      forms: formsFor(call, id).map(({ name, title }) => ({ title, href: `${PEOPLE}/${id}/do/${name}` })),
    }));
    return this.showing.page(call, 'people', {
      ...{ title: 'People of your organisation', organisation: organisation(programme, own), people },
      ...{ attest: `${PEOPLE}/do/${ATTEST.name}`, back: { href: PAGES, text: 'My projects' } },
      done: done === undefined ? null : `${wordsOf(done.replaceAll('-', '_'))}: this is in the ledger now.`,
    });
  }

  @Get('do/attest')
  @Shows('programme.read', 'A form to attest a person')
  @Header(...HTML)
  showAttest(@Calling() call: Call): Promise<string> {
    const about = { organisation: ownOrganisation(call), person: '' };
    return this.page(call, { form: ATTEST, about, values: {}, errors: [] });
  }

  @Post('do/attest')
  @Changes('person.attest', 'Attests a person', 303)
  attest(@Calling() call: Call, @Req() request: Request, @Res() response: Response): Promise<void> {
    const about = { organisation: ownOrganisation(call), person: '' };
    return this.send(call, ATTEST, about, request, response);
  }

  @Get(':person/do/:form')
  @Shows('programme.read', 'A form about a person')
  @Header(...HTML)
  show(@Calling() call: Call, @Param('person') id: string, @Param('form') name: string): Promise<string> {
    const form = formFor(call, id, name);
    const values = form.values?.(programmeOf(call), id, call.now) ?? {};
    return this.page(call, { form, about: aboutPerson(call, id), values, errors: [] });
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
    return this.send(call, formFor(call, id, name), aboutPerson(call, id), request, response);
  }

  private async send(call: Call, form: PeopleForm, about: About, request: Request, response: Response) {
    const values = fieldsOf(request);
    try {
      // A second click, or a page left open while others acted, is told so instead of being recorded twice.
      const expected = { ...call, expected: Number(values.version) || 0 };
      await form.send(this.people, expected, about, values);
    } catch (thrown) {
      const { status, errors } = errorsOf(thrown, form.fields, values);
      const page = await this.page(call, { form, about, values, errors });
      response.status(status).type('html').send(page);
      return;
    }
    response.redirect(303, `${PEOPLE}?done=${form.name}`);
  }

  private page(call: Call, { form, about, values, errors }: Shown): Promise<string> {
    const programme = programmeOf(call);
    const action =
      about.person === '' ? `${PEOPLE}/do/${form.name}` : `${PEOPLE}/${about.person}/do/${form.name}`;
    const fields = form.fields.map(({ options, ...field }) => ({
      ...{ hint: '', optional: false, ...field, options: (options as undefined | (() => unknown))?.() ?? [] },
      error: errors.find((error) => error.field === field.name)?.text ?? '',
    }));
    const whose = said((programme.people[about.person] ?? programme.organisations[about.organisation])?.name);
    return this.showing.page(call, 'form', {
      ...{ title: form.title, about: form.about, project: whose, fields, values, errors, pieces: [] },
      ...{ action, csrf: this.showing.proof(call, action), version: programme.version },
      back: { href: PEOPLE, text: 'Back to your people' },
    });
  }
}

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

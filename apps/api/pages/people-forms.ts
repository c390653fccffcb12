// A registrar's forms: attesting somebody of their own organisation, and changing roles, address or the end of a tenure.
import { ROLES, tenureOf } from '#libs/domain';
import type { ProgrammeState } from '#libs/domain';
import { wordsOf } from '#libs/web';
import type { Fields } from '#libs/web/http';
import type { Call } from '../ledger/call';
import { programmeOf } from '../ledger/call';
import type { Done } from '../ledger/done';
import { Attest, NewAddress, PeopleController, Roles } from '../people/people.controller';
import { given, ticked } from './forms/reading';
import { Misfit, read } from './forms/terms';
import type { FormField, Route } from './forms/terms';

export interface PeopleForm {
  name: string;
  title: string;
  about: string;
  route: Route;
  fields: FormField[];
  /** What the form begins with, of the person it is about. */
  values?: (programme: ProgrammeState, person: string, now: string) => Fields;
  send: (people: PeopleController, call: Call, about: About, fields: Fields) => Promise<Done> | Done;
}

/** Whom a form is about: nobody yet, where somebody is attested. */
export interface About {
  organisation: string;
  person: string;
}

/** Registrars are named by the agreement, and the operator is no role of a programme. */
const ATTESTED = ROLES.filter((role) => role !== 'registrar' && role !== 'administrator');
const ROLES_FIELD: FormField = {
  ...{ name: 'roles', label: 'Roles', kind: 'boxes', hint: 'Whoever holds several counts once.' },
  options: () => ATTESTED.map((value) => ({ value, text: wordsOf(value) })),
};
const ADDRESS: FormField = { name: 'address', label: 'Mail address', kind: 'line' };
/** Pressing a lone button does nothing that cannot be meant by accident. */
const SURE: FormField = {
  ...{ name: 'sure', label: 'Are you sure?', kind: 'radios' },
  options: () => [{ value: 'yes', text: 'Yes' }],
};

function sure(fields: Fields): void {
  if (fields.sure !== 'yes') throw new Misfit([{ path: 'sure', message: 'say that you are sure' }]);
}

export const ATTEST: PeopleForm = {
  ...{ name: 'attest', title: 'Attest a person', route: [PeopleController, 'attest'] },
  about:
    'You say who this is, for your organisation. Whoever is attested may be asked to sign, by a link mailed to this address.',
  fields: [
    { name: 'name', label: 'Full name', kind: 'line' },
    {
      ...ADDRESS,
      ...{
        optional: true,
        hint: 'Leave it empty for somebody without e-mail, who is asked by telephone or on paper.',
      },
    },
    ROLES_FIELD,
  ],
  send: (people, call, { organisation }, fields) => {
    const body = { organisation, roles: ticked(fields, 'roles'), name: given(fields.name) };
    const attested = read(Attest, { ...body, address: given(fields.address) ?? null });
    return people.attest(call, programmeOf(call).id, attested);
  },
};

const CHANGE_ROLES: PeopleForm = {
  ...{ name: 'roles', title: 'Change roles', route: [PeopleController, 'roles'] },
  about: 'Open rounds keep whom they asked; a lost role no longer fills a place in them.',
  fields: [ROLES_FIELD],
  values: (programme, person, now) =>
    Object.fromEntries(
      (tenureOf(programme, person, now)?.roles ?? []).map((role) => [`roles.${role}`, 'yes']),
    ),
  send: (people, call, { person }, fields) =>
    people.roles(call, programmeOf(call).id, person, read(Roles, { roles: ticked(fields, 'roles') })),
};

const CHANGE_ADDRESS: PeopleForm = {
  ...{ name: 'address', title: 'Change a mail address', route: [PeopleController, 'address'] },
  about:
    'The change takes effect after a delay. The old address and the auditor are told at once, links that were mailed stop working, and you can call it off until then.',
  fields: [ADDRESS],
  send: (people, call, { person }, fields) =>
    people.address(call, programmeOf(call).id, person, read(NewAddress, { address: given(fields.address) })),
};

const CANCEL_ADDRESS: PeopleForm = {
  ...{
    name: 'cancel-address',
    title: 'Call off a change of address',
    route: [PeopleController, 'cancelAddress'],
  },
  about: 'Mail goes on to the address there was before.',
  fields: [SURE],
  send: (people, call, { person }, fields) => {
    sure(fields);
    return people.cancelAddress(call, programmeOf(call).id, person, {});
  },
};

const DEPARTURE: PeopleForm = {
  ...{ name: 'departure', title: 'End a tenure', route: [PeopleController, 'departure'] },
  about:
    'They no longer speak for your organisation. Their answers in rounds that are not settled no longer count; what was settled stands.',
  fields: [SURE],
  send: (people, call, { person }, fields) => {
    sure(fields);
    return people.departure(call, programmeOf(call).id, person, {});
  },
};

/** About one person. */
export const PERSON_FORMS: readonly PeopleForm[] = [CHANGE_ROLES, CHANGE_ADDRESS, CANCEL_ADDRESS, DEPARTURE];

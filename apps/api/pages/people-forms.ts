// A registrar's forms: attesting somebody of their own organisation, and changing roles, address or the end of a tenure.
import { ROLES, tenureOf } from '#libs/domain';
import type { ProgrammeState } from '#libs/domain';
import type { Language, Say } from '#libs/language';
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
  /** Of its title in the catalogue, and with "About" of what it says above its fields. */
  key: 'attest' | 'changeRoles' | 'changeAddress' | 'cancelAddress' | 'departure';
  route: Route;
  fields: (t: Say) => FormField[];
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
const rolesField = (t: Say): FormField => ({
  ...{ name: 'roles', label: t('people.roles'), kind: 'boxes', hint: t('people.rolesHint') },
  options: () => ATTESTED.map((value) => ({ value, text: t(`role.${value}`) })),
});
const addressField = (t: Say): FormField => ({
  ...{ name: 'address', label: t('people.address'), kind: 'line' },
});
/** Pressing a lone button does nothing that cannot be meant by accident. */
const sureField = (t: Say): FormField => ({
  ...{ name: 'sure', label: t('people.sure'), kind: 'radios' },
  options: () => [{ value: 'yes', text: t('said.yes') }],
});

/** Left open it is said to be needed, beside the field. */
function sure(fields: Fields): void {
  if (fields.sure !== 'yes') throw new Misfit([{ path: 'sure', message: '' }]);
}

export const ATTEST: PeopleForm = {
  ...{ name: 'attest', key: 'attest', route: [PeopleController, 'attest'] },
  fields: (t) => [
    { name: 'name', label: t('people.name'), kind: 'line' },
    { ...addressField(t), optional: true, hint: t('people.addressHint') },
    rolesField(t),
  ],
  send: (people, call, { organisation }, fields) => {
    const body = { organisation, roles: ticked(fields, 'roles'), name: given(fields.name) };
    const attested = read(Attest, { ...body, address: given(fields.address) ?? null });
    return people.attest(call, programmeOf(call).id, attested);
  },
};

const CHANGE_ROLES: PeopleForm = {
  ...{ name: 'roles', key: 'changeRoles', route: [PeopleController, 'roles'] },
  fields: (t) => [rolesField(t)],
  values: (programme, person, now) =>
    Object.fromEntries(
      (tenureOf(programme, person, now)?.roles ?? []).map((role) => [`roles.${role}`, 'yes']),
    ),
  send: (people, call, { person }, fields) =>
    people.roles(call, programmeOf(call).id, person, read(Roles, { roles: ticked(fields, 'roles') })),
};

const CHANGE_ADDRESS: PeopleForm = {
  ...{ name: 'address', key: 'changeAddress', route: [PeopleController, 'address'] },
  fields: (t) => [addressField(t)],
  send: (people, call, { person }, fields) =>
    people.address(call, programmeOf(call).id, person, read(NewAddress, { address: given(fields.address) })),
};

const CANCEL_ADDRESS: PeopleForm = {
  ...{ name: 'cancel-address', key: 'cancelAddress', route: [PeopleController, 'cancelAddress'] },
  fields: (t) => [sureField(t)],
  send: (people, call, { person }, fields) => {
    sure(fields);
    return people.cancelAddress(call, programmeOf(call).id, person, {});
  },
};

const DEPARTURE: PeopleForm = {
  ...{ name: 'departure', key: 'departure', route: [PeopleController, 'departure'] },
  fields: (t) => [sureField(t)],
  send: (people, call, { person }, fields) => {
    sure(fields);
    return people.departure(call, programmeOf(call).id, person, {});
  },
};

/** Why a rule refused what a registrar sent. */
export const refusalOf = ({ t, known }: Language, rule: string): string =>
  known(`people.refusal.${rule}`) ?? t('people.refusal.other');

/** About one person. */
export const PERSON_FORMS: readonly PeopleForm[] = [CHANGE_ROLES, CHANGE_ADDRESS, CANCEL_ADDRESS, DEPARTURE];

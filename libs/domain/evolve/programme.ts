// Folding a programme's stream into its state.
import type { ProgrammeEvent, ProgrammeOnlyEvents, Recorded } from '../events';
import type { Person, ProgrammeState, Tenure } from '../state';
import type { Instant, PersonId } from '../words';
import { coreTeamFolds } from '../core-team/fold';
import { evidenceFolds } from '../evidence/fold';
import { meetingFolds, seriesFolds } from '../meetings/fold';
import { begunAnew, safePeopleFolds } from '../safe-people/fold';
import { foldSignOff, isSignOffEvent } from './checkpoints';

type Fold<T extends keyof ProgrammeOnlyEvents> = (
  state: ProgrammeState,
  data: ProgrammeOnlyEvents[T],
  event: Recorded<ProgrammeEvent>,
) => ProgrammeState;

export const emptyProgramme = (id: string): ProgrammeState => ({
  id,
  name: '',
  version: 0,
  lastAt: null,
  organisations: {},
  people: {},
  agreements: [],
  checkpoints: {},
  coreTeam: null,
  evidence: [],
  ...{ meetings: {}, agendaItems: [], outcomes: [], series: {} },
  safety: {},
});

const onPerson = (
  state: ProgrammeState,
  id: PersonId,
  change: (person: Person) => Person,
): ProgrammeState => {
  const person = state.people[id];
  return person ? { ...state, people: { ...state.people, [id]: change(person) } } : state;
};

/** Ends the running tenure at `at` and begins `next`, if any. */
const retenure = (tenures: Tenure[], at: Instant, next: Tenure | null): Tenure[] => [
  ...tenures.map((t) => (t.to === null ? { ...t, to: at } : t)),
  ...(next ? [next] : []),
];

const folds: { [T in keyof ProgrammeOnlyEvents]: Fold<T> } = {
  ProgrammeStarted: (state, { name }) => ({ ...state, name }),
  OrganisationAdded: (state, { organisation, name, commissionedBy }) => ({
    ...state,
    organisations: { ...state.organisations, [organisation]: { id: organisation, name, commissionedBy } },
  }),
  PersonAttested: (state, { person, organisation, roles, name, address }, { at }) => {
    const before = state.people[person];
    const tenures = retenure(before?.tenures ?? [], at, { organisation, roles, from: at, to: null });
    const entry: Person = { id: person, name, address, deputy: before?.deputy ?? null, tenures };
    const safety = begunAnew(state.safety, person);
    return { ...state, safety, people: { ...state.people, [person]: entry } };
  },
  RolesChanged: (state, { person, roles }, { at }) =>
    onPerson(state, person, (p) => {
      const held = p.tenures.at(-1);
      return held ? { ...p, tenures: retenure(p.tenures, at, { ...held, roles, from: at, to: null }) } : p;
    }),
  AddressChanged: (state, { person, address, effectiveAt }) =>
    onPerson(state, person, (p) => ({ ...p, address, change: { effectiveAt, before: p.address } })),
  AddressChangeCancelled: (state, { person, stays }) =>
    onPerson(state, person, ({ change: _cancelled, ...p }) => ({ ...p, address: stays })),
  DeputyNamed: (state, { person, deputy }) => onPerson(state, person, (p) => ({ ...p, deputy })),
  PersonLeft: (state, { person }, { at }) =>
    onPerson(state, person, (p) => ({ ...p, tenures: retenure(p.tenures, at, null) })),
  // The commitments stay: what was signed stays signed. Only the words behind them are gone.
  PersonErased: (state) => state,
  AgreementProposed: (state, data, { at, actor }) => {
    const { agreement, ...terms } = data;
    return {
      ...state,
      agreements: [...state.agreements, { id: agreement, ...terms, proposedAt: at, proposer: actor }],
    };
  },
  ...coreTeamFolds,
  ...evidenceFolds,
  ...meetingFolds,
  ...seriesFolds,
  ...safePeopleFolds,
};

/** The state after one more entry; `state` is null before the first. */
export function evolveProgramme(
  state: ProgrammeState | null,
  id: string,
  event: Recorded<ProgrammeEvent>,
): ProgrammeState {
  const start = state ?? emptyProgramme(id);
  const checkpoints = foldSignOff(start.checkpoints, event);
  const before = {
    ...start,
    version: event.version,
    lastAt: event.at,
    checkpoints: checkpoints ?? start.checkpoints,
  };
  if (checkpoints) return before;
  const fold = folds[event.type as keyof ProgrammeOnlyEvents] as (
    state: ProgrammeState,
    data: unknown,
    event: Recorded<ProgrammeEvent>,
  ) => ProgrammeState;
  return fold(before, event.data, event);
}

/** Whether this version of the rules knows what such an entry of a programme's stream means. */
export const knowsProgrammeEvent = (type: string): boolean =>
  isSignOffEvent(type) || Object.hasOwn(folds, type);

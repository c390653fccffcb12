// What each event about evidence changes, in a programme's state and in a project's alike.
import { changed } from '../listed';
import type { Actor, Instant } from '../words';
import type { Evidence, EvidenceEvents, EvidenceState } from './terms';

interface Told {
  at: Instant;
  actor: Actor;
}
type Fold<T extends keyof EvidenceEvents> = <S extends EvidenceState>(
  state: S,
  data: EvidenceEvents[T],
  told: Told,
) => S;

const by = ({ actor }: Told): string => ('person' in actor ? actor.person : '');

function on<S extends EvidenceState>(state: S, id: string, change: (item: Evidence) => Evidence): S {
  const evidence = changed(state.evidence, id, change);
  return evidence === state.evidence ? state : { ...state, evidence };
}

export const evidenceFolds: { [T in keyof EvidenceEvents]: Fold<T> } = {
  EvidenceRecorded: (state, { evidence: id, text, ...recorded }, told) => {
    const author = by(told);
    const agreed = recorded.participants.includes(author) ? [{ person: author, at: told.at }] : [];
    const item: Evidence = {
      ...{
        ...recorded,
        id,
        author,
        recordedAt: told.at,
        file: null,
        consents: {},
        considered: [],
        cited: [],
      },
      versions: text === null ? [] : [{ version: 1, text, person: author, at: told.at, agreed }],
    };
    return { ...state, evidence: [...state.evidence, item] };
  },
  EvidenceFileStored: (state, { evidence, ...file }, { at }) =>
    on(state, evidence, (item) => ({ ...item, file: { ...file, at } })),
  AudienceChanged: (state, { evidence, audience }) => on(state, evidence, (item) => ({ ...item, audience })),
  // Whoever changes the words agrees to them; everybody else is asked again.
  NotesAmended: (state, { evidence, version, text }, told) =>
    on(state, evidence, (item) => {
      const person = by(told);
      const agreed = item.participants.includes(person) ? [{ person, at: told.at }] : [];
      return { ...item, versions: [...item.versions, { version, text, person, at: told.at, agreed }] };
    }),
  NotesAgreed: (state, { evidence, version, person }, { at }) =>
    on(state, evidence, (item) => ({
      ...item,
      versions: item.versions.map((v) =>
        v.version === version ? { ...v, agreed: [...v.agreed, { person, at }] } : v,
      ),
    })),
  ResearchUseConsented: (state, { evidence, person }, { at }) =>
    on(state, evidence, (item) => ({
      ...item,
      consents: { ...item.consents, [person]: { at, withdrawnAt: null } },
    })),
  ResearchUseWithdrawn: (state, { evidence, person }, { at }) =>
    on(state, evidence, (item) => {
      const given = item.consents[person];
      return given
        ? { ...item, consents: { ...item.consents, [person]: { ...given, withdrawnAt: at } } }
        : item;
    }),
  EvidenceConsidered: (state, { evidence, ...use }, told) =>
    on(state, evidence, (item) => ({
      ...item,
      considered: [...item.considered, { ...use, person: by(told), at: told.at }],
    })),
  CitedAsResearchData: (state, { evidence, ...use }, told) =>
    on(state, evidence, (item) => ({
      ...item,
      cited: [...item.cited, { ...use, person: by(told), at: told.at }],
    })),
};

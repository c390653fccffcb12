// Whether a person may be let near data at all (B54): asked by both gates, for every reader by name.
import type { Missing } from '../refusal';
import type { ProgrammeState, Release, World } from '../state';
import type { Instant, PersonId } from '../words';
import { peopleAt, tenureOf } from '../rules/roster';
import type { SafetyLack } from './terms';

/** What a person lacks to be safe at `now`; empty: nothing. */
export function safetyLacks({ safety }: ProgrammeState, person: PersonId, now: Instant): SafetyLack[] {
  const record = safety[person];
  return [
    ...(record?.training && now < record.training.expires ? [] : (['TRAINING'] as const)),
    ...(record?.undertaking ? [] : (['UNDERTAKING'] as const)),
    ...(record?.interests ? [] : (['INTERESTS'] as const)),
  ];
}

const REASON: Record<SafetyLack, string> = {
  TRAINING: 'has no current training',
  UNDERTAKING: 'has not signed the undertaking',
  INTERESTS: 'has not declared their interests',
};

const registrars = (programme: ProgrammeState, person: PersonId, now: Instant): PersonId[] => {
  const organisation = tenureOf(programme, person, now)?.organisation;
  return organisation === undefined
    ? []
    : peopleAt(programme, now, { organisation, roles: ['registrar'] }).map((p) => p.person);
};

/** Everything these people lack, each named first; training is recorded by their registrar. Projects of version 1 ask for nothing. */
export function unsafe({ programme, project }: World, people: PersonId[], now: Instant): Missing[] {
  if (project.rulesVersion < 2) return [];
  return people.flatMap((person) =>
    safetyLacks(programme, person, now).map((lack) => ({
      rule: 'SAFE_PEOPLE',
      reason: `the reader ${person} ${REASON[lack]}`,
      waitingFor: [person, ...(lack === 'TRAINING' ? registrars(programme, person, now) : [])],
      since: null,
    })),
  );
}

export const unsafeReaders = (world: World, release: Release, now: Instant): Missing[] =>
  unsafe(world, release.readers, now);

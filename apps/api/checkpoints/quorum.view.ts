// A quorum as the API shows it: who is needed, how many of how many, and in which order they are asked.
import { quorumTerms, ROLES } from '#libs/domain';
import type { ProgrammeState, Round } from '#libs/domain';
import { z } from 'zod';
import { organisation, person } from '../http/said';

const Named = z.object({ id: z.string(), name: z.string().nullable() });
export const QuorumShown = z.object({
  places: z.array(
    z.object({
      roles: z.array(z.enum(ROLES)).describe('Any of them; none means any role.'),
      organisation: Named.nullable(),
      count: z.int(),
      of: z.int().describe('How many of those asked were asked for it.'),
    }),
  ),
  ...{ people: z.int(), asked: z.int(), organisations: z.int(), isBlind: z.boolean() },
  turns: z
    .object({ people: z.array(z.array(Named)), at: z.int().describe('The turn being asked, from 1.') })
    .nullable()
    .describe('Null where all are asked at once.'),
});

export function quorumView(programme: ProgrammeState, round: Round) {
  const { places, turns, ...terms } = quorumTerms(round);
  return {
    ...terms,
    places: places.map((place) => ({
      ...place,
      organisation: place.organisation === null ? null : organisation(programme, place.organisation),
    })),
    turns: turns && {
      at: turns.at,
      people: turns.people.map((ids) => ids.map((id) => person(programme, id))),
    },
  };
}

// A hypothesis as people see it: every version with the runs that tested it, rivals, words, and whether it bars closing.
import {
  FATES,
  HYPOTHESIS_STATUSES,
  hypothesisStatus,
  RESULT_STATUSES,
  resultStatus,
  rivalsOf,
  seenBefore,
  STANCES,
  testsOf,
  untriedRivals,
} from '#libs/domain';
import type { Hypothesis, Instant as InstantText, World } from '#libs/domain';
import { z } from 'zod';
import { organisation, person, said } from '../http/said';
import { Erasable, Named } from '../http/shown';

const Id = z.string();
const Instant = z.string();
const Version = z.int();
const Whose = { version: Version, person: Named, at: Instant };

export const HypothesisShown = z.object({
  ...{ id: Id, cycle: Id.nullable(), holder: Named, organisation: Named },
  status: z.enum(HYPOTHESIS_STATUSES),
  barsClosing: z.boolean().describe('It has a rival and was neither tested nor answered for as untestable.'),
  versions: z.array(
    z.object({
      ...{ ...Whose, statement: Erasable, reason: Erasable },
      tests: z.array(z.object({ analysis: Id, status: z.enum(RESULT_STATUSES) })),
      afterSeeing: z.array(Id).describe('Results its author could have seen when writing this version.'),
    }),
  ),
  rivals: z.array(z.object({ id: Id, status: z.enum(HYPOTHESIS_STATUSES), statement: Erasable })),
  discussion: z.array(z.object({ ...Whose, text: Erasable })),
  decisions: z.array(z.object({ ...Whose, fate: z.enum(FATES), reason: Erasable })),
  untestable: z.array(
    z.object({
      ...{ ...Whose, reason: Erasable },
      answer: z
        .object({ person: Named, stance: z.enum(STANCES), text: Erasable, at: Instant })
        .nullable()
        .describe('Its holder’s word.'),
    }),
  ),
});

export function hypothesisView(world: World, hypothesis: Hypothesis, now: InstantText) {
  const { programme } = world;
  const by = <T extends { person: string }>(one: T) => ({ ...one, person: person(programme, one.person) });
  const { id, cycle, holder, versions, discussion, decisions, untestable } = hypothesis;
  return {
    ...{ id, cycle, holder: person(programme, holder) },
    organisation: organisation(programme, hypothesis.organisation),
    status: hypothesisStatus(world, hypothesis, now),
    barsClosing: untriedRivals(world, now).some((untried) => untried.id === id),
    versions: versions.map((each) => ({
      ...{ ...by(each), statement: said(each.statement), reason: said(each.reason) },
      tests: testsOf(world, hypothesis, each.version).map((analysis) => ({
        ...{ analysis: analysis.id, status: resultStatus(world, analysis, now) },
      })),
      afterSeeing: seenBefore(world, Object.values(world.project.analyses), each.person, each.at).map(
        (analysis) => analysis.id,
      ),
    })),
    rivals: rivalsOf(world, hypothesis).map((rival) => ({
      ...{ id: rival.id, status: hypothesisStatus(world, rival, now) },
      statement: said(rival.versions.at(-1)?.statement),
    })),
    discussion: discussion.map((each) => ({ ...by(each), text: said(each.text) })),
    decisions: decisions.map((each) => ({ ...by(each), reason: said(each.reason) })),
    untestable: untestable.map((each) => ({
      ...{ ...by(each), reason: said(each.reason) },
      answer: each.answer && { ...by(each.answer), text: said(each.answer.text) },
    })),
  };
}

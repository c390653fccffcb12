// An insight as people see it: its history, its plain summaries, and the caveats of what it rests on.
import { INSIGHT_STATUSES } from '#libs/domain';
import type { Insight, Instant as InstantText, World } from '#libs/domain';
import { publishedOf, unpublishedBecause } from '#libs/domain';
import { z } from 'zod';
import { caveatsView } from '../analyses/caveats.view';
import { person, said } from '../http/said';
import { CaveatShown } from '../analyses/shown';
import { Erasable, Named } from '../http/shown';

const Id = z.string();
const Instant = z.string();
const Status = z.enum(INSIGHT_STATUSES);

export const InsightShown = z.object({
  ...{ id: Id, cycle: Id, status: Status, owner: Erasable, analyses: z.array(Id), at: Instant },
  ...{ text: Erasable, authors: z.array(Named) },
  changes: z.array(
    z.object({ person: Named, status: Status, owner: Erasable, reason: Erasable, at: Instant }),
  ),
  summaries: z.array(
    z.object({
      ...{ version: z.int(), person: Named, text: Erasable, words: z.int(), at: Instant },
      approved: z.object({ person: Named, at: Instant }).nullable(),
    }),
  ),
  caveats: z
    .array(CaveatShown.extend({ analysis: Id }))
    .describe('What is known now against the fields of the results it rests on.'),
  published: z.string().nullable().describe('The publication, or null.'),
  unpublishedBecause: z
    .object({ why: z.string(), reason: Erasable.optional(), until: Instant.optional() })
    .nullable(),
});

export function insightView(world: World, insight: Insight, now: InstantText) {
  const { programme, project } = world;
  const { text, owner, authors, changes, summaries, ...rest } = insight;
  const published = publishedOf(project, insight.id);
  return {
    ...{ ...rest, text: said(text), owner: said(owner), authors: authors.map((id) => person(programme, id)) },
    changes: changes.map((change) => ({
      ...{ ...change, person: person(programme, change.person), reason: said(change.reason) },
      owner: said(change.owner),
    })),
    summaries: summaries.map((summary) => ({
      ...{ ...summary, person: person(programme, summary.person), text: said(summary.text) },
      approved: summary.approved && {
        ...{ person: person(programme, summary.approved.person), at: summary.approved.at },
      },
    })),
    caveats: insight.analyses.flatMap((id) => {
      const analysis = project.analyses[id];
      return analysis
        ? caveatsView(world, analysis).caveatsNow.map((caveat) => ({ ...caveat, analysis: id }))
        : [];
    }),
    published: published?.id ?? null,
    unpublishedBecause: published ? null : reasonView(unpublishedBecause(project, insight.id, now)),
  };
}

const reasonView = (because: ReturnType<typeof unpublishedBecause>) =>
  because.why === 'WITHHELD' ? { ...because, reason: said(because.reason) } : because;

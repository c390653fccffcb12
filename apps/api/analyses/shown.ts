// What reading routes show of analyses, and the caveats that travel with their results.
import { z } from 'zod';
import { ADMISSIBILITIES, DEVIATION_PARTS, RESULT_STATUSES, RUN_OUTCOMES, USES } from '#libs/domain';
import { Content, Destroyed, Erasable, Id, Instant, Named } from '../http/shown';

export const PeriodShown = z.object({ from: z.string().nullable(), to: z.string().nullable() });
export const SubpopulationShown = z.object({ field: z.string(), values: z.array(z.string()) });
export const SeriesBreakShown = z.object({ at: z.string(), cause: Erasable }).nullable();
export const CaveatShown = z.object({
  ...{ place: Id, source: z.string(), field: z.string(), status: z.enum(ADMISSIBILITIES), text: Erasable },
  ...{ seriesBreak: SeriesBreakShown, challenges: z.array(Id), knowledge: z.array(Id) },
});
export const Caveats = {
  caveats: z.array(CaveatShown).describe('In force when the run was registered; part of what OUTPUT signs.'),
  caveatsNow: z.array(CaveatShown).describe('As they stand now.'),
};
export const ResultStatus = z.enum(RESULT_STATUSES);
export const AnalysisListed = z.object({
  ...{ id: Id, cycle: Id, release: Id, method: z.string(), params: z.record(z.string(), z.unknown()) },
  ...{ question: Id, boundary: Id, registeredAt: Instant, withheldAt: Instant.nullable(), author: Named },
  destroyed: Destroyed,
  ...{ reads: z.int(), hypothesis: Erasable, support: Erasable, status: ResultStatus, ...Caveats },
  ...{ tests: z.object({ hypothesis: Id, version: z.int() }).nullable(), rounding: z.int().nullable() },
  afterSeeing: z.array(Id).describe('Other results its author could have seen when registering it.'),
  deviations: z.array(
    z.object({
      ...{ id: Id, part: z.enum(DEVIATION_PARTS), person: Named, reason: Erasable, at: Instant },
      recorded: z.enum(['BEFORE_RESULT', 'AFTER_RESULT']),
    }),
  ),
  intention: z
    .object({
      ...{ fields: z.array(z.string()).optional(), use: z.enum(USES).optional() },
      ...{
        window: PeriodShown.extend({ by: z.string().optional() }).optional(),
        subpopulation: SubpopulationShown.optional(),
      },
    })
    .nullable(),
  ended: z
    .object({
      ...{ outcome: z.enum(RUN_OUTCOMES), reason: z.string().nullable(), at: Instant },
      result: Content.nullable(),
      code: z
        .object({ version: z.string(), digest: z.string() })
        .nullable()
        .describe(
          'What computed it: the method’s version, and the digest that `parley code` prints of the code.',
        ),
      because: z.string().nullable().describe('Why the data could not answer, without a word of the data.'),
    })
    .nullable(),
});
export const AnalysisShown = AnalysisListed.extend({
  diagnostics: z.unknown().describe('About the run, never about the data.'),
});

// What the API shows of results and their output checks.
import { CONDITION_KINDS } from '#libs/domain';
import { MethodResult } from '#libs/statistics';
import { z } from 'zod';
import { BesideShown } from '../evidence/evidence.view';
import { Caveats, ResultStatus } from '../analyses/shown';
import { RoundShown } from '../checkpoints/shown';
import { CollectionCaveatShown } from '../releases/shown';
import { Erasable, Id, Instant, Named, RoundStatus } from './shown';

const OutputFindingShown = z.object({
  ...{ id: Id, rule: z.string(), table: z.string(), verdict: z.enum(['review', 'fail']) },
  decided: z.array(z.object({ person: Named, reason: Erasable, at: Instant })),
});
const OutputExceptionShown = z.object({
  ...{
    id: Id,
    finding: Id,
    rule: z.string(),
    table: z.string(),
    person: Named,
    reason: Erasable,
    at: Instant,
  },
  granted: z.object({ person: Named, reason: Erasable, at: Instant }).nullable(),
});
const OutputReviewShown = z.object({
  ...{ until: Instant, awaited: z.array(Named) },
  comments: z.array(z.object({ id: Id, person: Named, organisation: Named, text: Erasable, at: Instant })),
});
const OutputConditionShown = z.object({
  ...{ kind: z.enum(CONDITION_KINDS), value: Erasable, person: Named },
});
export const ResultShown = z.object({
  ...{ analysis: Id, status: ResultStatus, ...Caveats },
  files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  made: z
    .array(z.string())
    .describe('Files made from these when they are read: CSV of each table, a report.'),
  result: MethodResult.nullable().describe('What was run, its checked tables and plots, as in result.json.'),
  collectionCaveats: z.array(CollectionCaveatShown),
  findings: z.unknown().describe('For output checkers only, null for everyone else.'),
  conditions: z
    .array(OutputConditionShown)
    .describe('What its checker asks of every reader: what it is shown with, and what it is not used for.'),
  review: OutputReviewShown.nullable().describe('What holders that asked to review it said of it.'),
  beside: z.array(BesideShown).describe('Evidence considered with it, in the words of whom it comes from.'),
});
export const OutputShown = z.object({
  ...{ id: Id, analysis: Id, checkpoint: Id, round: z.int(), status: RoundStatus.nullable() },
  ...{ core: z.string().nullable(), cover: z.string().nullable(), current: RoundShown.nullable() },
  result: ResultStatus.nullable(),
  findings: z.array(OutputFindingShown).nullable().describe('Null for whoever may not see them yet.'),
  conditions: z.array(OutputConditionShown),
  ...{ exceptions: z.array(OutputExceptionShown), review: OutputReviewShown.nullable() },
});

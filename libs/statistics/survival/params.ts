// Parameters of `survival`: how long spells last, and until when they are followed.
import { z } from 'zod';
import { FREQUENCY_FLOOR } from '../disclosure/thresholds';

export const SurvivalParams = z
  .strictObject({
    time: z.string().min(1).describe('numeric field: how long each spell lasted or was followed'),
    ended: z
      .string()
      .min(1)
      .optional()
      .describe(
        'field of two codes: whether the spell ended, or was still going when last seen; all ended if not given',
      ),
    event: z.string().optional().describe('code of "ended" that says it ended; needed unless it is 0 or 1'),
    entry: z
      .string()
      .min(1)
      .optional()
      .describe(
        'numeric field: how long the spell had lasted when it was first seen, for sources that hold only who was still there',
      ),
    groups: z.string().min(1).optional().describe('field whose codes are compared'),
    width: z
      .number()
      .positive()
      .describe('width of a step in the unit of time, such as 30 days; steps with too few exits are joined'),
    stepExits: z
      .int()
      .min(FREQUENCY_FLOOR)
      .default(FREQUENCY_FLOOR)
      .describe('people that leave in a step, at least'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the confidence intervals'),
  })
  .refine(({ ended, event }) => ended !== undefined || event === undefined, {
    path: ['event'],
    message: 'An event is a code of "ended". Name that field, or leave the event out.',
  })
  .refine(
    (p) => {
      const fields = fieldsOfSurvival(p);
      return new Set(fields).size === fields.length;
    },
    { message: 'Time, ended, entry and groups must be different fields.' },
  );
export type SurvivalParams = z.infer<typeof SurvivalParams>;

export function fieldsOfSurvival(params: {
  time: string;
  ended?: string | undefined;
  entry?: string | undefined;
  groups?: string | undefined;
}): string[] {
  const { time, ended, entry, groups } = params;
  return [time, ended, entry, groups].filter((field) => field !== undefined);
}

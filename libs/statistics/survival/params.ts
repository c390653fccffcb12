// Parameters of `survival`: how long, whether it ended, and by which groups.
import { z } from 'zod';

export const SurvivalParams = z
  .strictObject({
    time: z.string().min(1).describe('field with how long each person was followed, above 0'),
    event: z.string().min(1).describe('field that says whether it ended then: 1 and 0, or two codes'),
    ended: z.string().optional().describe('code of the event; needed unless the field holds 1 and 0'),
    groups: z.string().optional().describe('field whose codes are compared; everybody together if not given'),
    interval: z.number().positive().describe('results stand at multiples of this time'),
    collection: z
      .enum(['FLOW', 'STOCK'])
      .describe('whether the source holds all who ever began (FLOW), or only those still there (STOCK)'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the confidence intervals'),
  })
  .refine(({ time, event, groups }) => new Set([time, event, groups]).size === 3, {
    message: 'Time, event and groups must be different fields.',
  });
export type SurvivalParams = z.infer<typeof SurvivalParams>;

/** Every field the parameters name. */
export function fieldsOfSurvival({ time, event, groups }: SurvivalParams): string[] {
  return [time, event, ...(groups === undefined ? [] : [groups])];
}

// Parameters of `rates`: which events, among whom, by which strata, and to whose make-up they are standardised.
import { z } from 'zod';

export const RatesParams = z
  .strictObject({
    events: z.string().min(1).describe('numeric field of events: 0 or 1, or a count of 0 or more'),
    exposure: z
      .string()
      .min(1)
      .optional()
      .describe('numeric field of time at risk, such as years; each record counts 1 if not given'),
    groups: z.string().min(1).optional().describe('field whose codes are compared'),
    strata: z
      .array(z.string().min(1))
      .min(1)
      .max(3)
      .describe('fields in which groups are made alike, such as age band and sex'),
    standard: z
      .array(
        z.strictObject({
          stratum: z.array(z.string()).min(1).max(3).describe('its codes, in the order of "strata"'),
          weight: z.number().positive().describe('people of the standard population in it'),
        }),
      )
      .min(1)
      .max(200)
      .optional()
      .describe('the standard population by stratum; everybody in the data is the standard if not given'),
    byStratum: z
      .boolean()
      .default(false)
      .describe(
        'also show the rates of strata; a group with a stratum that cannot be shown then shows no standardised rate either',
      ),
    per: z.number().positive().max(1e6).default(1_000).describe('rates are given for so many'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the intervals'),
  })
  .refine((p) => new Set(fieldsOfRates(p)).size === fieldsOfRates(p).length, {
    message: 'Events, exposure, groups and strata must be different fields.',
  })
  .refine(
    ({ standard, strata }) => standard?.every(({ stratum }) => stratum.length === strata.length) ?? true,
    {
      path: ['standard'],
      message: 'Each stratum of the standard has one code for each field of "strata", in their order.',
    },
  )
  .refine(
    ({ standard }) =>
      standard === undefined ||
      new Set(standard.map(({ stratum }) => JSON.stringify(stratum))).size === standard.length,
    { path: ['standard'], message: 'Each stratum of the standard may be given once.' },
  );
export type RatesParams = z.infer<typeof RatesParams>;

export function fieldsOfRates(p: {
  events: string;
  exposure?: string | undefined;
  groups?: string | undefined;
  strata: readonly string[];
}): string[] {
  return [p.events, p.exposure, p.groups, ...p.strata].filter((field) => field !== undefined);
}

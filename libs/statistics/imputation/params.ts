// Parameters of multiple imputation, as every method that offers it takes them.
import { z } from 'zod';
import { Seed } from '../random';

export const Imputation = z
  .strictObject({
    datasets: z
      .number()
      .int()
      .min(2)
      .max(100)
      .default(20)
      .describe('how many completed data sets are made and analysed'),
    iterations: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('how often each data set goes through all fields with missing values'),
    with: z
      .array(z.string().min(1))
      .max(50)
      .default([])
      .describe('further fields that tell of the missing values, or of why they are missing'),
    numbers: z
      .enum(['matching', 'normal'])
      .default('matching')
      .describe(
        'how numbers are imputed: by predictive mean matching, which takes values that others have, or drawn from a normal distribution around what is predicted, which also reaches where few others are',
      ),
    seed: Seed,
  })
  .describe(
    'multiple imputation by chained equations of missing values, instead of leaving incomplete records out; assumes that what is missing depends only on what these fields hold (missing at random)',
  );
export type Imputation = z.infer<typeof Imputation>;

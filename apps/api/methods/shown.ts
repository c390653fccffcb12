// What the catalogue of methods shows.
import { z } from 'zod';

export const MethodShown = z.object({
  ...{ id: z.string(), name: z.string(), version: z.union([z.int(), z.string()]), title: z.string() },
  description: z.string().describe('What it does, from whom it comes, and what it assumes.'),
  ...{ accepts: z.array(z.string()), reports: z.string() },
  reference: z.string().describe('What its numbers are held to.'),
  rules: z.array(z.string()).describe('Rules of the output check that its numbers meet.'),
  weights: z
    .union([z.object({ takes: z.string() }), z.object({ refuses: z.string() })])
    .describe('What it makes of weights, or why it takes none.'),
  params: z.record(z.string(), z.unknown()).describe('JSON Schema of its parameters.'),
});

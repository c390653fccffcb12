// The answer to every command: the id it gave, and the ledger's receipt.
import { z } from 'zod';

export const Done = z.object({
  id: z.string().describe('The id of what was recorded, or of what was acted on.'),
  receipt: z.object({
    stream: z.string(),
    entries: z.array(z.object({ version: z.int(), hash: z.string(), type: z.string(), at: z.string() })),
    version: z.int(),
    head: z.string(),
  }),
  warnings: z.array(z.string()).optional().describe('What was recorded, and cannot be met as things stand.'),
});
export type Done = z.infer<typeof Done>;

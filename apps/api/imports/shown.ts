// What reading routes show about imports of published data, as schemas.
import { IMPORT_STATUSES, LEGAL_CHECK_OUTCOMES } from '#libs/domain';
import { DataSpec } from '#libs/vault';
import { z } from 'zod';
import { Erasable, Id, Instant, Named } from '../http/shown';

export const ImportShown = z.object({
  ...{ id: Id, cycle: Id, source: Id, name: z.string(), digest: z.string(), expires: Instant, at: Instant },
  ...{ depositAs: DataSpec, releaseAs: DataSpec, status: z.enum(IMPORT_STATUSES) },
  file: z.object({
    ...{ address: z.string(), licence: z.string(), version: z.string(), disclosureControl: Erasable },
  }),
  ...{ person: Named, organisation: Named },
  checks: z.array(
    z.object({ outcome: z.enum(LEGAL_CHECK_OUTCOMES), text: Erasable, person: Named, at: Instant }),
  ),
  waitingFor: z.array(Named),
  deposits: z.array(Id).describe('The files handed over for it, as deposits.'),
});

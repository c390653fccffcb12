// What reading routes show of deposits and the reports on them.
import { z } from 'zod';
import { DEPOSIT_PURPOSES, DEPOSIT_STATUSES } from '#libs/domain';
import { Destroyed, Id, Instant, Named } from '../http/shown';

export const DepositStatus = z.enum(DEPOSIT_STATUSES);
const DepositOutcome = z.object({
  ...{ accepted: z.boolean(), rows: z.int().nullable(), report: z.string(), at: Instant },
});
export const DepositShown = z.object({
  ...{
    id: Id,
    request: Id.describe('The data request, or the import, that it answers.'),
    publicKey: z.string(),
    invitedAt: Instant,
    status: DepositStatus,
  },
  received: z.object({ digest: z.string(), bytes: z.int(), at: Instant, person: Named }).nullable(),
  outcome: DepositOutcome.nullable(),
  opened: z.array(z.object({ purpose: z.enum(DEPOSIT_PURPOSES), at: Instant })),
  destroyed: Destroyed,
});
export const ReportShown = DepositOutcome.extend({ deposit: Id, findings: z.unknown() });

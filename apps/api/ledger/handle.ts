// The opened ledger as one injectable class, so that controllers ask for it by type.
import type { Credentials, Ledger, Links, Outbox } from '#libs/ledger';
import type { DataSource } from 'typeorm';

export class LedgerHandle {
  constructor(
    readonly ledger: Ledger,
    readonly credentials: Credentials,
    readonly outbox: Outbox,
    readonly links: Links,
    readonly source: DataSource,
  ) {}
}

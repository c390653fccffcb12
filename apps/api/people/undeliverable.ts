// Whose present address is one at which mail does not arrive: what the courier heard, beside the ledger.
import { Injectable } from '@nestjs/common';
import { LedgerHandle } from '../ledger/handle';

@Injectable()
export class Undeliverable {
  constructor(private readonly handle: LedgerHandle) {}

  /** Since when, by person. */
  async of(programme: string): Promise<ReadonlyMap<string, string>> {
    const rows: { person: string; since: string }[] = await this.handle.source.query(
      'select person, since from parley.undeliverable($1)',
      [programme],
    );
    return new Map(rows.map(({ person, since }) => [person, since]));
  }
}

// The ledger twice: as pages may use it and as forms may.
import type { OpenedLedger } from '#libs/ledger';

/** The ledger over read-only connections: what pages are made from. */
export class ReadOnlyLedger {
  constructor(private readonly opened: OpenedLedger) {}
  get ledger() {
    return this.opened.ledger;
  }
  get links() {
    return this.opened.links;
  }
  get dataSource() {
    return this.opened.dataSource;
  }
  close(): Promise<void> {
    return this.opened.close();
  }
}

/** The ledger as forms use it: decisions by link, codes, fresh links, access. */
export class WritingLedger {
  constructor(private readonly opened: OpenedLedger) {}
  get ledger() {
    return this.opened.ledger;
  }
  get links() {
    return this.opened.links;
  }
  get credentials() {
    return this.opened.credentials;
  }
  get dataSource() {
    return this.opened.dataSource;
  }
  close(): Promise<void> {
    return this.opened.close();
  }
}

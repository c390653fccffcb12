// Opens the ledger with one role's connection string: what that role may do is decided by the database, not here.
import 'reflect-metadata';
import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import { DataSource } from 'typeorm';
import { Commands } from './commands';
import { createCredentials } from './credentials';
import { FoldedStreams } from './folded';
import { createLedger } from './ledger';
import { createLinks } from './links';
import { notifyAfterCommit } from './notify';
import { createOutbox } from './outbox';
import type { Credentials, Ledger, Links, Outbox } from './types';
import { VIEW_ENTITIES } from './views';

/** A command after a pause would wait for a new connection, which has planned nothing yet: 15 ms beside the usual 3. */
const KEPT_IDLE = 300_000;

/**
 * A connection that breaks between two statements emits an error when neither the pool nor TypeORM listens, which would
 * end the process. The next statement on it fails, and the pool makes a new one: nothing else is needed.
 */
class LastingClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

export interface LedgerOptions {
  /** The connection string of the process's own role. */
  url: string;
  /** Connections kept; commands on one project stand in line anyway. */
  poolSize?: number;
}

export interface OpenedLedger {
  ledger: Ledger;
  links: Links;
  credentials: Credentials;
  outbox: Outbox;
  dataSource: DataSource;
  close(): Promise<void>;
}

export async function openLedger({ url, poolSize = 12 }: LedgerOptions): Promise<OpenedLedger> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    schema: 'parley',
    installExtensions: false,
    synchronize: false,
    entities: [...VIEW_ENTITIES],
    poolSize,
    // A connection that broke while it lay in the pool must not end the process.
    poolErrorHandler: () => undefined,
    extra: {
      // Said once per connection instead of once per transaction.
      options: '-c default_transaction_isolation=read\\ committed',
      Client: LastingClient,
      idleTimeoutMillis: KEPT_IDLE,
    },
    logging: false,
  });
  await dataSource.initialize();
  const notify = notifyAfterCommit(dataSource);
  const commands = new Commands(dataSource, new FoldedStreams(), notify);
  const links = createLinks(dataSource, notify);
  const credentials = createCredentials(dataSource, notify);
  return {
    ledger: createLedger({ dataSource, commands, credentials }),
    links,
    credentials,
    outbox: createOutbox(dataSource, url),
    dataSource,
    close: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
}

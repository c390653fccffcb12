// Starts the API process: configuration, ledger, vault, then the server; stops in the opposite order.
import 'reflect-metadata';
import { ConfigurationError, readEnvironment } from '#libs/config';
import type { Environment } from '#libs/config';
import { Languages } from '#libs/language';
import { openLedger } from '#libs/ledger';
import { openVault } from '#libs/vault';
import pino from 'pino';
import { IdentityProvider } from './pages/provider';
import { Progress } from './analyses/progress';
import { createApp } from './app';
import { LedgerHandle } from './ledger/handle';
import { MAX_DEPOSIT_BYTES } from '#libs/vault/deposit';
import { MAX_EVIDENCE_BYTES, REQUESTS_PER_MINUTE } from './settings';

const GRACE_MS = 3_000;

async function main(): Promise<void> {
  const config = readEnvironment(process.env, 'api');
  const log = pino({ name: 'api', level: config.LOG_LEVEL });
  const opened = await openLedger({ url: config.DATABASE_URL });
  const { ledger, credentials, outbox, links, dataSource } = opened;
  const vault = await openVault({
    vaultDir: config.VAULT_DIR,
    keyStoreDir: config.KEY_STORE_DIR,
    scratchDir: config.SCRATCH_DIR,
  });
  const progress = new Progress(config.TEMPORAL_ADDRESS, config.TEMPORAL_NAMESPACE);
  const app = await createApp({
    ...{
      handle: new LedgerHandle(ledger, credentials, outbox, links, dataSource),
      vault,
      progress,
      provider: providerOf(config),
      log,
    },
    settings: {
      ...{ vaultDir: config.VAULT_DIR, maxDepositBytes: MAX_DEPOSIT_BYTES },
      maxEvidenceBytes: MAX_EVIDENCE_BYTES,
      requestsPerMinute: REQUESTS_PER_MINUTE,
      ...{ url: config.API_URL, isDevelopment: config.PARLEY_ENV !== 'production' },
      language: new Languages({ locale: config.LOCALE, timeZone: config.TIME_ZONE }).first,
    },
  });
  await app.listen(config.PORT);
  log.info({ url: config.API_URL }, 'the API listens');
  const stop = async (signal: string) => {
    // Requests under way end by themselves; streams of events do not.
    const impatience = setTimeout(() => app.getHttpServer().closeAllConnections(), GRACE_MS);
    await app.close();
    clearTimeout(impatience);
    await progress.close();
    await opened.close();
    log.info({ signal }, 'the API stopped');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
}

/** Without one the pages say that nobody can sign in; the configuration refuses half of one. */
function providerOf(config: Environment<'api'>): IdentityProvider {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = config;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    return new IdentityProvider(null);
  const callback = () => `${config.API_URL}/app/sign-in/callback`;
  return new IdentityProvider({ issuer, clientId, clientSecret, callback });
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
});

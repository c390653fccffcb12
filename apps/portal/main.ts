// Starts the portal process: configuration, ledger, server; stops in the opposite order.
import 'reflect-metadata';
import pino from 'pino';
import { ConfigurationError, readEnvironment } from '#libs/config';
import { Languages } from '#libs/language';
import { createPortal } from './app';
import { MAX_DEPOSIT_BYTES } from '#libs/vault/deposit';
import { PortalSettings } from './settings';

async function main(): Promise<void> {
  const config = readEnvironment(process.env, 'portal');
  const log = pino({ name: 'portal', level: config.LOG_LEVEL });
  const languages = new Languages({ locale: config.LOCALE, timeZone: config.TIME_ZONE });
  const { VAULT_DIR: vaultDir, API_URL: apiUrl } = config;
  const around = { vaultDir, apiUrl, maxDepositBytes: MAX_DEPOSIT_BYTES };
  const isDevelopment = config.PARLEY_ENV !== 'production';
  const settings = new PortalSettings(config.PORTAL_URL, isDevelopment, around, languages);
  const { app, close } = await createPortal({ databaseUrl: config.DATABASE_URL, settings, log });
  await app.listen(config.PORT);
  log.info({ url: config.PORTAL_URL }, 'the portal listens');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().then(() => log.info({ signal }, 'the portal stopped')));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
});

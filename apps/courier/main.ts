// Starts the courier process: configuration, connections, pumps; stops in the opposite order.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import pino from 'pino';
import { ConfigurationError, readEnvironment } from '#libs/config';
import { Languages } from '#libs/language';
import { createCourier } from './app';

async function main(): Promise<void> {
  const config = readEnvironment(process.env, 'courier');
  const log = pino({ name: 'courier', level: config.LOG_LEVEL });
  const settings = {
    databaseUrl: config.DATABASE_URL,
    temporal: { address: config.TEMPORAL_ADDRESS, namespace: config.TEMPORAL_NAMESPACE },
    smtpUrl: config.SMTP_URL,
    from: config.MAIL_FROM,
    replyTo: config.MAIL_REPLY_TO,
    mailsPerSecond: config.MAILS_PER_SECOND,
    alertTo: config.ALERT_TO,
    portalUrl: config.PORTAL_URL,
    logDirectory: config.LOG_DIR,
    ...bouncesOf(config),
    ...dkimOf(config),
    language: new Languages({ locale: config.LOCALE, timeZone: config.TIME_ZONE }).first,
  };
  const { app, close } = await createCourier(settings, log);
  await app.listen(config.PORT);
  log.info('the courier is at work');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().then(() => log.info({ signal }, 'the courier stopped')));
  }
}

type Config = ReturnType<typeof readEnvironment<'courier'>>;

const bouncesOf = ({ BOUNCE_ADDRESS: address, BOUNCE_PORT: port }: Config) =>
  address === undefined || port === undefined ? {} : { bounces: { address, port } };

/** The key is read once: a changed one takes a restart. */
const dkimOf = ({ DKIM_DOMAIN: domainName, DKIM_SELECTOR: keySelector, DKIM_KEY_FILE: file }: Config) =>
  domainName === undefined || keySelector === undefined || file === undefined
    ? {}
    : { dkim: { domainName, keySelector, privateKey: readFileSync(file, 'utf8') } };

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
});

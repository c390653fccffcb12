// Starts the courier process: configuration, connections, pumps; stops in the opposite order.
import 'reflect-metadata';
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
    portalUrl: config.PORTAL_URL,
    logDirectory: config.LOG_DIR,
    language: new Languages({ locale: config.LOCALE, timeZone: config.TIME_ZONE }).first,
  };
  const { app, close } = await createCourier(settings, log);
  await app.listen(config.PORT);
  log.info('the courier is at work');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().then(() => log.info({ signal }, 'the courier stopped')));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
});

// The development inbox as a process of its own: INBOX_DIR, PORT and SMTP_PORT say where.
import { startInbox } from './inbox/server';

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; the inbox needs INBOX_DIR, PORT and SMTP_PORT`);
  return value;
}

async function main(): Promise<void> {
  const inbox = await startInbox({
    dir: setting('INBOX_DIR'),
    port: Number(setting('PORT')),
    smtpPort: Number(setting('SMTP_PORT')),
  });
  console.log(`inbox at ${inbox.inboxUrl}, SMTP at ${inbox.smtpUrl}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void inbox.stop().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

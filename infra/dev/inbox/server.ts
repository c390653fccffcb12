// Starts the development inbox: SMTP in, REST and pages out, one directory of mails between them.
import { listenForReaders } from './http';
import { listenForMail } from './smtp';
import { MailStore } from './store';

export interface InboxOptions {
  readonly dir: string;
  readonly port: number;
  readonly smtpPort: number;
}

export interface RunningInbox {
  readonly inboxUrl: string;
  readonly smtpUrl: string;
  stop(): Promise<void>;
}

/** Resolves when both servers listen on 127.0.0.1. */
export async function startInbox({ dir, port, smtpPort }: InboxOptions): Promise<RunningInbox> {
  const store = new MailStore(dir);
  const [readers, mail] = await Promise.all([listenForReaders(store, port), listenForMail(store, smtpPort)]);
  return {
    inboxUrl: `http://127.0.0.1:${port}`,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    stop: async () => {
      await new Promise<void>((resolve) => mail.close(resolve));
      // Pages that listen for changes would keep the server open for ever.
      readers.closeAllConnections();
      await new Promise<void>((resolve) => readers.close(() => resolve()));
    },
  };
}

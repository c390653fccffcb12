// The SMTP side of the development inbox: takes every mail for everyone, and delivers none.
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream } from 'smtp-server';
import type { MailStore } from './store';

const LARGEST_MAIL_BYTES = 25 * 1024 * 1024;

/** Listens on 127.0.0.1; the sender hears "accepted" only once the mail is on disk. */
export function listenForMail(store: MailStore, port: number): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    // There is no certificate, and nothing leaves this machine.
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    size: LARGEST_MAIL_BYTES,
    onData: (stream, _session, done) => {
      receive(stream, store).then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      // A client that hangs up in the middle is its own business.
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

async function receive(stream: SMTPServerDataStream, store: MailStore): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    // The rest of a mail that is too large is read, as the protocol wants, and dropped.
    if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  }
  if (stream.sizeExceeded) {
    const problem = new Error(`The mail is larger than the inbox takes (${LARGEST_MAIL_BYTES} bytes)`);
    throw Object.assign(problem, { responseCode: 552 });
  }
  await store.add(Buffer.concat(chunks));
}

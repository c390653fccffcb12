// A small mail server for what comes back: it takes mail for keyed return paths only, and notes permanent failures.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Logger } from 'pino';
import { permanentFailure } from './report';
import type { ReturnPaths, Sent } from './return-path';

/** A report quotes at most the mail it is about. */
const LARGEST_BYTES = 2_000_000;
const MOST_CLIENTS = 20;
const SILENCE_MS = 30_000;

export interface BounceSettings {
  port: number;
  paths: ReturnPaths;
  log: Logger;
  note: (sent: Sent, status: string) => Promise<void>;
}

export interface BounceListener {
  port: number;
  close(): Promise<void>;
}

const refusal = (code: number, message: string) => Object.assign(new Error(message), { responseCode: code });

/** Nothing of a report but the mail it names and its status is kept or logged: the rest holds addresses (T12). */
export async function listenForBounces({ port, paths, log, note }: BounceSettings): Promise<BounceListener> {
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true },
    ...{ size: LARGEST_BYTES, maxClients: MOST_CLIENTS, socketTimeout: SILENCE_MS, banner: 'returns only' },
    onRcptTo: ({ address }, _session, done) =>
      paths.read(address) ? done() : done(refusal(550, '5.1.1 No such return path')),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(refusal(552, '5.3.4 Too large'));
        const sent = envelope.rcptTo.flatMap(({ address }) => paths.read(address) ?? []);
        take(Buffer.concat(chunks), sent).then(
          () => done(),
          (error: unknown) => {
            log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'a report was not taken');
            // The sender keeps it and tries again.
            done(refusal(451, '4.3.0 Try again'));
          },
        );
      });
    },
  });
  async function take(mail: Buffer, sent: Sent[]): Promise<void> {
    const status = await permanentFailure(mail);
    if (status === null) return;
    for (const one of sent) {
      await note(one, status);
      log.info({ outbox: one.outbox, status }, 'a mail came back');
    }
  }
  server.on('error', (error) => log.warn({ reason: error.name }, 'the listener for bounces has trouble'));
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, listening);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

// A mail server for tests that keeps what it is given.
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it is given. */
export class Inbox {
  readonly mails: ParsedMail[] = [];
  port = 0;
  private server: SMTPServer | null = null;
  private readonly waiting = new Set<() => void>();

  async open(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _session, done) => {
        void simpleParser(stream).then((mail) => {
          this.mails.push(mail);
          for (const told of this.waiting) told();
          done();
        });
      },
    });
    await new Promise<void>((listening) => server.listen(this.port, '127.0.0.1', listening));
    this.port = (server.server.address() as { port: number }).port;
    this.server = server;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server) await new Promise<void>((closed) => server.close(closed));
  }

  async has(count: number): Promise<void> {
    await this.when(() => this.mails.length >= count);
  }

  async next(isIt: (mail: ParsedMail) => boolean): Promise<ParsedMail> {
    await this.when(() => this.mails.some(isIt));
    return this.mails.find(isIt) as ParsedMail;
  }

  private async when(isSo: () => boolean): Promise<void> {
    const end = AbortSignal.timeout(20_000);
    while (!isSo()) {
      await new Promise<void>((told, failed) => {
        const tell = () => (this.waiting.delete(tell), told());
        this.waiting.add(tell);
        end.addEventListener('abort', () =>
          failed(
            new Error(
              `the inbox holds ${this.mails.length} mails: ${this.mails.map(({ subject }) => subject).join('; ')}`,
            ),
          ),
        );
      });
    }
  }
}

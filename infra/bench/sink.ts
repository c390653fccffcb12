// A mail server that notes when each mail was handed over, and forgets the rest.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

interface Arrived {
  subject: string;
  at: number;
}

export class Sink {
  private readonly arrived: Arrived[] = [];
  private waiting: (() => void)[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      let head = '';
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => (head = head.length < 8192 ? head + text : head));
      stream.on('end', () => {
        this.note(/^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? '');
        done();
      });
    },
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  private note(subject: string): void {
    this.arrived.push({ subject: subject.replace(/\r\n[ \t]/g, ' '), at: performance.now() });
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** The instant the `count`-th mail whose subject has all these words arrived. */
  async arrival(words: string[], count: number, deadlineMs = 60_000): Promise<number> {
    const deadline = performance.now() + deadlineMs;
    for (;;) {
      const found = this.arrived.filter(({ subject }) => words.every((word) => subject.includes(word)));
      const last = found[count - 1];
      if (last) return last.at;
      const left = deadline - performance.now();
      if (left <= 0) {
        const seen = this.arrived.map((mail) => mail.subject).slice(-5);
        throw new Error(
          `no mail number ${count} with "${words.join('", "')}" arrived in time; last: ${seen.join(' | ')}`,
        );
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

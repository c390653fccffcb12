// A mail server that notes when each mail was handed over, and forgets the rest.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

interface Arrived {
  subject: string;
  at: number;
}

export class Sink {
  private readonly arrived: Arrived[] = [];
  private readonly listeners = new Set<(mail: Arrived) => void>();
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
    const mail = { subject: subject.replace(/\r\n[ \t]/g, ' '), at: performance.now() };
    this.arrived.push(mail);
    for (const hear of [...this.listeners]) hear(mail);
  }

  /** The instant the `count`-th mail whose subject has all these words arrived. */
  arrival(words: string[], count: number, deadlineMs = 60_000): Promise<number> {
    return new Promise((resolve, reject) => {
      let left = count;
      const hear = ({ subject, at }: Arrived): void => {
        if (left === 0 || !words.every((word) => subject.includes(word))) return;
        left -= 1;
        if (left === 0) end(() => resolve(at));
      };
      const end = (say: () => void): void => {
        clearTimeout(timer);
        this.listeners.delete(hear);
        say();
      };
      const timer = setTimeout(() => end(() => reject(this.missed(words, count))), deadlineMs);
      this.listeners.add(hear);
      for (const mail of this.arrived) hear(mail);
    });
  }

  private missed(words: string[], count: number): Error {
    const seen = this.arrived.map((mail) => mail.subject).slice(-5);
    return new Error(
      `no mail number ${count} with "${words.join('", "')}" arrived in time; last: ${seen.join(' | ')}`,
    );
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

// The pool of connections to a mail server, against a real one.
import { SMTPServer } from 'smtp-server';
import { openTransport } from './index';

let server: SMTPServer;
let url: string;
beforeAll(async () => {
  server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] },
    onData: (stream, _session, done) => void stream.on('end', () => done()).resume(),
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`;
});
afterAll(() => new Promise<void>((closed) => server.close(closed)));

it('hands over no more mails a second than it is told the server takes', async () => {
  const transport = openTransport(url, { perSecond: 1 });
  const mail = { from: 'parley@example.org', to: 'somebody@example.org', text: 'Hello' };
  const began = performance.now();
  await Promise.all([transport.send(mail), transport.send(mail), transport.send(mail)]);
  // The third waits for two seconds to pass; a timer may be a few milliseconds early. Without a limit all three take a few.
  expect(performance.now() - began).toBeGreaterThan(1_990);
  transport.close();
});

// Where people sign in during a test: the development provider as npm start runs it, with an inbox for its codes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startInbox } from '../../../infra/dev/inbox/server';
import { startServer } from '../../../infra/dev/node-process';
import { anyFreePort } from '../../../infra/dev/ports';
import { Inbox } from '../../../infra/demo/inbox';

const SCRIPT = path.resolve(__dirname, '../../../dist/infra/dev/sign-in.js');

export interface SignInDesk {
  /** The port at which the API has to listen, since the provider sends people back there. */
  apiPort: number;
  provider: { issuer: string; clientId: string; clientSecret: string };
  /** Signs in as a person does: by address and mailed code; ends on the page they are sent to. */
  signIn(page: Page, address: string): Promise<void>;
  stop(): Promise<void>;
}

export async function aSignInDesk(): Promise<SignInDesk> {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-desk-'));
  const [apiPort, port, inboxPort, smtpPort] = [
    ...[await anyFreePort(), await anyFreePort()],
    ...[await anyFreePort(), await anyFreePort()],
  ] as [number, number, number, number];
  const inbox = await startInbox({ dir: path.join(dir, 'inbox'), port: inboxPort, smtpPort });
  const provider = {
    issuer: `http://127.0.0.1:${port}`,
    clientId: 'parley',
    clientSecret: 'for-this-test-only',
  };
  const environment = {
    ...{ PARLEY_ENV: 'development', PORT: String(port), API_URL: `http://127.0.0.1:${apiPort}` },
    ...{ SMTP_URL: inbox.smtpUrl, MAIL_FROM: 'Parley <parley@parley.example>' },
    ...{ OIDC_CLIENT_ID: provider.clientId, OIDC_CLIENT_SECRET: provider.clientSecret },
  };
  const server = {
    name: 'sign-in',
    script: SCRIPT,
    environment,
    logFile: path.join(dir, 'log'),
    url: provider.issuer,
  };
  const running = await startServer(server, () => undefined);
  const mails = new Inbox(inbox.inboxUrl);
  return {
    ...{ apiPort, provider },
    async signIn(page, address) {
      await page.goto(`http://127.0.0.1:${apiPort}/app/sign-in`);
      await page.getByRole('button', { name: 'Sign in' }).click();
      const except = await mails.present();
      await page.getByLabel('E-mail address').fill(address);
      await page.getByRole('button', { name: 'Mail me a code' }).click();
      const wanted = { what: `the code for ${address}`, to: address, subject: ['sign-in code'], except };
      const { Subject } = await mails.waitFor(wanted);
      await page.getByLabel('Code').fill(/\d{8}/.exec(Subject)?.[0] ?? '');
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    async stop() {
      await running.stop();
      await inbox.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

// Servers that somebody has already: a Postgres where Parley is given a plain role, and an identity provider.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { startServer } from '../dev/node-process';
import { anyFreePort } from '../dev/ports';
import { startPostgres } from '../dev/postgres';
import { removePostgresHome } from '../dev/postgres-home';

const PROVIDER = path.resolve(__dirname, '../../dist/infra/dev/sign-in.js');

export class OwnServers {
  private readonly dir = mkdtempSync(path.join(tmpdir(), 'parley-own-'));
  private readonly stops: (() => Promise<void>)[] = [];

  /** A server's address for a role with the rights that the README asks for; there is no database of Parley's yet. */
  async postgres(rights: string): Promise<string> {
    // Passable, so that Postgres keeps its data in here even as another user.
    chmodSync(this.dir, 0o711);
    const [dir, logFile] = [path.join(this.dir, 'postgres'), path.join(this.dir, 'postgres.log')];
    const server = await startPostgres({ dir, logFile, port: await anyFreePort(), isDisposable: true });
    this.stops.push(() => server.stop().then(() => removePostgresHome(dir)));
    const client = new Client({ connectionString: server.superuserUrl });
    await client.connect();
    await client.query(`create role operator nosuperuser login ${rights} password 'theirs'`);
    await client.end();
    return `postgres://operator:theirs@127.0.0.1:${server.port}`;
  }

  /** An OpenID Connect provider that sends people back to `apiUrl`, and mails its codes by `smtpUrl`. */
  async provider(apiUrl: string, smtpUrl: string) {
    const url = `http://127.0.0.1:${await anyFreePort()}`;
    const client = { OIDC_CLIENT_ID: 'parley-at-ours', OIDC_CLIENT_SECRET: 'agreed-with-the-provider' };
    const environment = {
      ...{ PARLEY_ENV: 'development', PORT: new URL(url).port, API_URL: apiUrl, ...client },
      ...{ SMTP_URL: smtpUrl, MAIL_FROM: 'Sign-in <sign-in@ours.example>' },
    };
    const logFile = path.join(this.dir, 'provider.log');
    const server = await startServer(
      { name: 'provider', script: PROVIDER, environment, logFile, url },
      () => undefined,
    );
    this.stops.push(() => server.stop());
    return { OIDC_ISSUER: url, ...client };
  }

  async stop(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
    rmSync(this.dir, { recursive: true, force: true });
  }
}

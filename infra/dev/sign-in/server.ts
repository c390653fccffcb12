// The development identity provider: OpenID Connect for one client, where a mailed code proves an address.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createTransport } from 'nodemailer';
import Provider, { interactionPolicy } from 'oidc-provider';
import { MailedCodes } from './codes';
import { addressPage, codePage, overPage, STYLE } from './pages';

export interface SignInOptions {
  readonly port: number;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly callback: string;
}

const ADDRESS = /^[^\s@<>"(),:;]{1,64}@[^\s@<>"(),:;]{1,190}$/;
const LONGEST_FORM = 4096;

/** Resolves when it listens on 127.0.0.1; whatever is under way is lost when it stops. */
export async function startSignIn(options: SignInOptions): Promise<Server> {
  const issuer = `http://127.0.0.1:${options.port}`;
  const provider = new Provider(issuer, configurationOf(options));
  const desk = new Desk(provider, options);
  const speaksProtocol = provider.callback();
  const server = createServer((request, response) => {
    const answering = desk.isFor(request)
      ? desk.answer(request, response)
      : speaksProtocol(request, response);
    answering.catch(() => html(response, 400, overPage()));
  });
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve));
  return server;
}

function configurationOf({ clientId, clientSecret, callback }: SignInOptions): Record<string, unknown> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { Check, base } = interactionPolicy;
  const policy = base();
  // Nobody is remembered: on one machine a developer signs in as one person after another.
  const proof = new Check('code_each_time', 'each sign-in proves an address', ({ oidc }) =>
    oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  );
  policy.get('login').checks.add(proof);
  return {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, address: string) => ({
      accountId: address,
      claims: () => ({ sub: address, email: address, email_verified: true }),
    }),
    // There is one client, Parley's own, and the address is all it gets: nothing to consent to.
    loadExistingGrant: async ({ oidc }: GrantContext) => {
      const { client, session } = oidc;
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  };
}

interface GrantContext {
  oidc: { client: { clientId: string }; session: { accountId: string }; provider: Provider };
}

/** Where people prove their address. */
class Desk {
  private readonly codes = new MailedCodes();
  private readonly transport;

  constructor(
    private readonly provider: Provider,
    private readonly options: SignInOptions,
  ) {
    this.transport = createTransport(options.smtpUrl);
  }

  isFor({ url = '' }: IncomingMessage): boolean {
    return url === '/readyz' || url === '/style.css' || url.startsWith('/interaction/');
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/readyz') return void response.end('ready');
    if (request.url === '/style.css') return void response.setHeader('Content-Type', 'text/css').end(STYLE);
    // Throws for any sign-in but the one this browser's cookie belongs to.
    const { uid } = await this.provider.interactionDetails(request, response);
    if (request.method !== 'POST') return html(response, 200, addressPage(uid));
    const fields = await fieldsOf(request);
    const address = (fields.get('address') ?? '').trim();
    return request.url?.endsWith('/code')
      ? this.prove(request, response, { uid, address, code: fields.get('code') ?? '' })
      : this.mail(response, uid, address);
  }

  private async mail(response: ServerResponse, uid: string, address: string): Promise<void> {
    if (!ADDRESS.test(address))
      return html(
        response,
        422,
        addressPage(uid, 'This is no e-mail address. Type one like ana@council.example.'),
      );
    const code = this.codes.mint(uid, address);
    if (code === null) return html(response, 429, overPage());
    await this.transport.sendMail({
      ...{ from: this.options.mailFrom, to: address, subject: `Your sign-in code is ${code}` },
      text: `Somebody, we think you, is signing in to Parley with this address.\n\nThe code is ${code}. It is good for ten minutes.\n\nIf this was not you, do nothing.\n`,
    });
    html(response, 200, codePage(uid, address));
  }

  private async prove(
    request: IncomingMessage,
    response: ServerResponse,
    { uid, address, code }: { uid: string; address: string; code: string },
  ): Promise<void> {
    const outcome = this.codes.prove(uid, code);
    if (outcome.proved !== null)
      return this.provider.interactionFinished(request, response, { login: { accountId: outcome.proved } });
    if (!outcome.again) return html(response, 403, overPage());
    html(response, 422, codePage(uid, address, 'This is not the code. Look at the newest mail.'));
  }
}

function html(response: ServerResponse, status: number, page: string): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
  });
  response.end(page);
}

async function fieldsOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LONGEST_FORM) throw new Error('longer than any form here');
  }
  return new URLSearchParams(body);
}

// Sign-in against a provider that says what it should not: only a verified address, vouched for in this very attempt, counts.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync, sign } from 'node:crypto';
import { ProblemError } from '../problems/problem';
import { IdentityProvider } from './provider';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CLIENT = 'parley';
const CALLBACK = 'http://127.0.0.1/app/sign-in/callback';

type Claims = Record<string, unknown>;
/** What the provider says of whoever signs in: in the token, and to who asks it. */
let says: { token: Claims; asked: Claims };
let server: Server;
let issuer: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(request.url ?? '')));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

function answer(url: string): unknown {
  switch (url) {
    case '/token':
      return { access_token: 'access', token_type: 'Bearer', id_token: idToken(says.token) };
    case '/userinfo':
      return { sub: 'somebody', ...says.asked };
    case '/keys':
      return { keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'one' }] };
    default:
      return {
        ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
        ...{ userinfo_endpoint: `${issuer}/userinfo`, jwks_uri: `${issuer}/keys` },
        ...{ response_types_supported: ['code'], id_token_signing_alg_values_supported: ['RS256'] },
      };
  }
}

function idToken(claims: Claims): string {
  const now = Math.floor(Date.now() / 1000);
  const body = { iss: issuer, aud: CLIENT, sub: 'somebody', iat: now, exp: now + 60, ...claims };
  const parts = [{ alg: 'RS256', kid: 'one' }, body].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, sign('sha256', Buffer.from(parts.join('.')), privateKey).toString('base64url')].join('.');
}

/** Leaves for the provider and comes back with what it said of the person. */
async function signIn(
  token: Claims,
  { asked = {}, state, nonce }: { asked?: Claims; state?: string; nonce?: string } = {},
): Promise<string> {
  const options = { issuer, clientId: CLIENT, clientSecret: 'secret', callback: () => CALLBACK };
  const provider = new IdentityProvider(options);
  const { attempt } = await provider.begin('/app');
  says = { token: { nonce: nonce ?? attempt.nonce, ...token }, asked };
  return provider.finish(`?code=code&state=${state ?? attempt.state}`, attempt);
}
const refused = (signingIn: Promise<string>): Promise<unknown> =>
  signingIn.then(
    (address) => `let in as ${address}`,
    (error: unknown) => (error instanceof ProblemError ? error.problem : error),
  );

const email = 'researcher@example.org';

it('lets in whoever has a verified address, told in the token or on asking', async () => {
  expect(await signIn({ email, email_verified: true })).toBe(email);
  expect(await signIn({}, { asked: { email, email_verified: true } })).toBe(email);
});

it.each<[string, Claims, Claims]>([
  ['says that it is not verified', { email, email_verified: false }, {}],
  ['does not say', { email }, {}],
  ['says it in words', { email, email_verified: 'true' }, {}],
  ['says so only on asking', {}, { email, email_verified: false }],
  [
    'vouches for another address on asking',
    { email, email_verified: false },
    { email, email_verified: true },
  ],
  ['names none', {}, { email_verified: true }],
])('an address does not count where the provider %s', async (_what, token, asked) => {
  expect(await refused(signIn(token, { asked }))).toMatchObject({ rule: 'ADDRESS_NOT_VERIFIED' });
});

it.each<[string, Parameters<typeof signIn>]>([
  ['a state that is not this attempt’s', [{ email, email_verified: true }, { state: 'another' }]],
  ['a nonce that is not this attempt’s', [{ email, email_verified: true }, { nonce: 'another' }]],
  ['a token for somebody else’s page', [{ email, email_verified: true, aud: 'another' }]],
  ['a token of another issuer', [{ email, email_verified: true, iss: 'https://other.example' }]],
])('nobody is let in who comes back with %s', async (_what, coming) => {
  expect(await refused(signIn(...coming))).toMatchObject({ rule: 'SIGN_IN_FAILED' });
});

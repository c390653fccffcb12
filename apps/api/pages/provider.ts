// Sign-in at an OpenID Connect provider: authorization code with PKCE, state and nonce; yields a verified address.
import * as client from 'openid-client';
import { fail } from '../problems/problem';

export interface ProviderOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the provider sends people back to. */
  callback: () => string;
}

/** What the browser keeps between leaving for the provider and coming back: worth nothing to anyone else. */
export interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  /** The page that was asked for. */
  to: string;
}

export class IdentityProvider {
  private discovered: Promise<client.Configuration> | null = null;

  constructor(private readonly options: ProviderOptions | null) {}

  get isSetUp(): boolean {
    return this.options !== null;
  }

  /** Where to send the browser. */
  async begin(to: string): Promise<{ url: URL; attempt: Attempt }> {
    const attempt = {
      ...{ state: client.randomState(), nonce: client.randomNonce() },
      ...{ verifier: client.randomPKCECodeVerifier(), to },
    };
    const { configuration, callback } = await this.ready();
    const url = client.buildAuthorizationUrl(configuration, {
      ...{ redirect_uri: callback, scope: 'openid email', response_type: 'code' },
      ...{ state: attempt.state, nonce: attempt.nonce, code_challenge_method: 'S256' },
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
    });
    return { url, attempt };
  }

  /** The address the provider vouches for; whatever does not fit the attempt is refused. */
  async finish(query: string, attempt: Attempt): Promise<string> {
    const { configuration, callback } = await this.ready();
    const tokens = await client
      .authorizationCodeGrant(configuration, new URL(`${callback}${query}`), {
        ...{ pkceCodeVerifier: attempt.verifier, expectedState: attempt.state },
        ...{ expectedNonce: attempt.nonce, idTokenExpected: true },
      })
      .catch(notVouched);
    const claims = tokens.claims();
    if (claims === undefined) return notVouched();
    // Providers may keep the address out of the token and tell it only on asking.
    const told =
      claims.email === undefined
        ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub).catch(notVouched)
        : claims;
    const { email, email_verified: isVerified } = told;
    if (typeof email !== 'string' || isVerified !== true)
      fail(
        403,
        'ADDRESS_NOT_VERIFIED',
        'The provider does not say that your e-mail address is verified.',
        'Verify your address there, or ask whoever runs the provider to release it with its verification.',
      );
    return email;
  }

  private async ready() {
    if (this.options === null)
      return fail(
        ...([503, 'NO_PROVIDER', 'No identity provider is set up here.'] as const),
        'Whoever operates Parley sets OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.',
      );
    const { issuer, clientId, clientSecret, callback } = this.options;
    // http is refused by the configuration in production; elsewhere the provider runs on this machine.
    const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    this.discovered ??= client.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute });
    try {
      return { configuration: await this.discovered, callback: callback() };
    } catch {
      // The next person tries again: a provider that was away comes back without a restart here.
      this.discovered = null;
      return fail(
        ...([503, 'PROVIDER_AWAY', 'The identity provider cannot be reached just now.'] as const),
        'Try again in a few minutes; links in mails work all the same.',
      );
    }
  }
}

function notVouched(): never {
  fail(
    403,
    'SIGN_IN_FAILED',
    'The identity provider’s answer does not fit this sign-in, or it declined.',
    'Begin again, in the same browser, and within ten minutes.',
  );
}

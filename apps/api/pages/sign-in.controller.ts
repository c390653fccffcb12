// Signing in and out: to the provider and back, the choice of a programme where there are several, the end of a session.
import { Controller, Get, Header, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ACCOUNT_STYLESHEET, renderAccountPage } from '#libs/web';
import { fieldsOf } from '#libs/web/http';
import { person, said } from '../http/said';
import { Words } from '../http/words';
import { Calling, notFound } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Changes, Public } from '../policy/does';
import { fail } from '../problems/problem';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';
import { IdentityProvider } from './provider';
import type { Attempt } from './provider';
import { PAGES, PageSessions } from './session';

const TEN_MINUTES_MS = 600_000;
const HTML = ['Content-Type', 'text/html; charset=utf-8'] as const;

@ApiExcludeController()
@Controller('app')
export class SignInController {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly sessions: PageSessions,
    private readonly handle: LedgerHandle,
    private readonly words: Words,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('assets/:file')
  @Public('The style sheet of the pages')
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  asset(@Param('file') file: string): string {
    return file === ACCOUNT_STYLESHEET.name ? ACCOUNT_STYLESHEET.css : notFound('file', file.slice(0, 40));
  }

  @Get('sign-in')
  @Public('The page that leads to the provider')
  @Header(...HTML)
  show(@Req() request: Request): string {
    const to = pageIn(request.query['to']);
    const { language } = this.settings;
    return renderAccountPage('sign-in', language, {
      title: language.t('app.signInTitle'),
      start: this.provider.isSetUp ? `${PAGES}/sign-in/start?to=${encodeURIComponent(to)}` : null,
    });
  }

  @Get('sign-in/start')
  @Public('Goes to the provider')
  async start(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { url, attempt } = await this.provider.begin(pageIn(request.query['to']));
    const kept = Buffer.from(JSON.stringify(attempt)).toString('base64url');
    this.sessions.keep(response, 'parley_attempt', kept, inTenMinutes());
    response.redirect(303, url.href);
  }

  @Get('sign-in/callback')
  @Public('Comes back from the provider')
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const attempt = this.attemptOf(request);
    const address = await this.provider.finish(new URL(request.originalUrl, 'http://own').search, attempt);
    const { secret, people } = await this.handle.credentials.beginSignIn(address);
    const [only, ...others] = people;
    if (only === undefined) return nobody();
    if (others.length === 0) return this.enter(response, secret, only.person, attempt.to);
    this.sessions.keep(response, 'parley_sign_in', secret, inTenMinutes());
    response.type('html').send(await this.choice(secret, people));
  }

  /** B55: a person of several programmes acts in one at a time, under the id they have there. */
  @Post('sign-in/person')
  @Public('Chooses the programme to act in')
  async choose(@Req() request: Request, @Res() response: Response): Promise<void> {
    const signIn = this.sessions.secret(request, 'parley_sign_in');
    this.sessions.check(request, signIn);
    const chosen = fieldsOf(request).person ?? '';
    if (chosen === '')
      fail(422, 'NO_CHOICE', 'No programme was chosen.', 'Sign in again, and choose one of those listed.');
    const { to } = this.attemptOf(request);
    await this.enter(response, signIn, chosen, to);
  }

  @Post('sign-out')
  @HttpCode(303)
  @Changes('account.tokens', 'Ends the session', 303)
  async signOut(@Calling() call: Call, @Res() response: Response): Promise<void> {
    await this.handle.credentials.revoke(call.secret);
    this.sessions.forget(response, 'parley_session');
    response.redirect(303, `${PAGES}/sign-in`);
  }

  private async enter(response: Response, signIn: string, who: string, to: string): Promise<void> {
    const { secret, expires } = await this.handle.credentials.beginSession(signIn, who);
    this.sessions.keep(response, 'parley_session', secret, new Date(expires));
    this.sessions.forget(response, 'parley_attempt');
    this.sessions.forget(response, 'parley_sign_in');
    response.redirect(303, to);
  }

  private async choice(secret: string, people: { programme: string; person: string }[]): Promise<string> {
    const views = await Promise.all(
      people.map(async ({ programme, person: id }) => {
        const { state } = await this.handle.ledger.programme(programme);
        return { programme: { id: programme, name: said(state.name) }, person: person(state, id) };
      }),
    );
    const csrf = this.sessions.proof(secret, `${PAGES}/sign-in/person`);
    const context = { people: await this.words.of(views), csrf, errors: [] };
    const { language } = this.settings;
    return renderAccountPage('choose', language, { title: language.t('app.choose'), ...context });
  }

  private attemptOf(request: Request): Attempt {
    const kept = this.sessions.kept(request, 'parley_attempt');
    try {
      const { state, nonce, verifier, to } = JSON.parse(
        Buffer.from(kept, 'base64url').toString('utf8'),
      ) as Attempt;
      return { state, nonce, verifier, to: pageIn(to) };
    } catch {
      return fail(
        ...([403, 'SIGN_IN_FAILED', 'This browser did not begin a sign-in here, or long ago.'] as const),
        'Begin again, in the same browser, and within ten minutes.',
      );
    }
  }
}

const inTenMinutes = () => new Date(Date.now() + TEN_MINUTES_MS);

/** Only pages of our own: a sign-in never leads away. */
function pageIn(to: unknown): string {
  return typeof to === 'string' && /^\/app(?:\/[\w/-]*)?$/.test(to) ? to : PAGES;
}

function nobody(): never {
  fail(
    403,
    'NO_SUCH_ADDRESS',
    'Nobody in a programme here has the address you signed in with.',
    'Ask the registrar of your organisation which address is on record; a changed one counts after its delay.',
  );
}

// Renders a page for a call: who is signed in, the words of what it names, and the proofs its forms carry.
import { Inject, Injectable } from '@nestjs/common';
import { renderAccountPage } from '#libs/web';
import type { Language, Say } from '#libs/language';
import type { AccountPage } from '#libs/web';
import { person, said } from '../http/said';
import { Words } from '../http/words';
import { programmeOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';
import { PAGES, PageSessions } from './session';

/** The page of the project a call is about. */
export const baseOf = (call: Call): string => `${PAGES}/projects/${worldOf(call).project.id}`;

export type Context = { title: unknown } & Record<string, unknown>;

@Injectable()
export class Showing {
  constructor(
    private readonly words: Words,
    private readonly sessions: PageSessions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  get language(): Language {
    return this.settings.language;
  }

  get t(): Say {
    return this.language.t;
  }

  /** The page as HTML; an erased title is said to be erased. */
  async page(call: Call, page: AccountPage, context: Context): Promise<string> {
    const viewer = {
      ...(call.account.person === null ? {} : person(programmeOf(call), call.account.person)),
      signOut: this.sessions.proof(call.secret, `${PAGES}/sign-out`),
    };
    const { title, ...filled } = await this.words.of({ ...context, viewer });
    const heading = typeof title === 'string' ? title : this.t('app.erased');
    return renderAccountPage(page, this.language, { ...filled, title: heading });
  }

  /** A page about part of a project, under its name and the way between the parts. */
  part(call: Call, page: AccountPage, title: string, context: object): Promise<string> {
    const base = baseOf(call);
    const back = { href: base, text: this.t('app.backToProject') };
    return this.page(call, page, {
      title,
      project: said(worldOf(call).project.title),
      back,
      base,
      ...context,
    });
  }

  proof(call: Call, action: string): string {
    return this.sessions.proof(call.secret, action);
  }
}

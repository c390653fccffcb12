// Hands out the page that verifies exports and receipts in the reader's own browser. It is this process's only page with a script.
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sendPage } from '../http/answers';
import { languageOf } from '../http/language';

/** `npm run build` writes one for each language; beside its words stands the whole verifier, so each is read once. */
const BUILT = path.resolve(
  __dirname,
  ...(__dirname.includes(`${path.sep}dist${path.sep}`)
    ? ['..', '..', 'verifier']
    : ['..', '..', '..', 'dist', 'apps', 'verifier']),
);

interface Built {
  html: string;
  policy: string;
}

@Controller('verify')
export class VerifyingController {
  private readonly built = new Map<string, Promise<Built>>();

  /** In a sandbox: an origin of its own, out of reach of every cookie and page of this one. */
  @Get()
  async page(@Res() response: Response): Promise<void> {
    const { locale, t } = languageOf(response);
    const reading = this.built.get(locale) ?? read(locale);
    this.built.set(locale, reading);
    const page = await reading.catch(() => null);
    if (page === null) {
      this.built.delete(locale);
      sendPage(response, 503, 'message', {
        title: t('verify.missing'),
        lines: [t('verify.missingLead')],
      });
      return;
    }
    response.setHeader(
      'Content-Security-Policy',
      `${page.policy}; frame-ancestors 'none'; sandbox allow-scripts allow-forms`,
    );
    response.type('html').send(page.html);
  }
}

/** The page brings the policy that allows its script and nothing else. */
async function read(locale: string): Promise<Built> {
  const file = path.join(BUILT, `verify.${locale}.html`);
  const html = await readFile(file, 'utf8');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
  if (policy === undefined) throw new Error(`${file} holds no policy of its own.`);
  return { html, policy };
}

// Hands out the page that verifies exports and receipts in the reader's own browser. It is this process's only page with a script.
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sendPage } from '../http/answers';
import { languageOf } from '../http/language';

/** `npm run build` writes it; beside it stands the whole verifier, so it is read once. */
const BUILT = path.resolve(
  __dirname,
  ...(__dirname.includes(`${path.sep}dist${path.sep}`)
    ? ['..', '..', 'verifier']
    : ['..', '..', '..', 'dist', 'apps', 'verifier']),
  'verify.html',
);

@Controller('verify')
export class VerifyingController {
  private built: Promise<{ html: string; policy: string }> | null = null;

  /** In a sandbox: an origin of its own, out of reach of every cookie and page of this one. */
  @Get()
  async page(@Res() response: Response): Promise<void> {
    this.built ??= read();
    const page = await this.built.catch(() => null);
    if (page === null) {
      this.built = null;
      const { t } = languageOf(response);
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
async function read(): Promise<{ html: string; policy: string }> {
  const html = await readFile(BUILT, 'utf8');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
  if (policy === undefined) throw new Error(`${BUILT} holds no policy of its own.`);
  return { html, policy };
}

// What needs no link: the front page, the style sheet, and whether this process is well.
import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { STYLESHEET } from '#libs/web';
import { sendPage } from './http/answers';
import { languageOf } from './http/language';
import { Reading } from './reading';

@Controller()
export class PagesController {
  constructor(private readonly reading: Reading) {}

  @Get()
  front(@Res() response: Response): void {
    const { t } = languageOf(response);
    sendPage(response, 200, 'message', {
      title: t('page.frontTitle'),
      lines: [t('page.front'), t('page.frontMail')],
      link: { href: '/register', label: t('page.frontRegister') },
    });
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Req() request: Request, @Res() response: Response): void {
    if (name !== STYLESHEET.name) throw new NotFoundException();
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    response.vary('Accept-Encoding').type('css');
    // The only thing compressed: it holds no secret, as pages do.
    if (request.acceptsEncodings('gzip') === 'gzip')
      response.setHeader('Content-Encoding', 'gzip').send(STYLESHEET.gzip);
    else response.send(STYLESHEET.css);
  }

  @Get('healthz')
  alive(@Res() response: Response): void {
    response.json({ alive: true });
  }

  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const missing = await this.missing();
    response.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, missing });
  }

  private async missing(): Promise<string[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string[]>((give) => (timer = setTimeout(give, 2_000, ['database'])));
    const found = this.reading.probe().then(
      () => [],
      () => ['database'],
    );
    return Promise.race([found, late]).finally(() => clearTimeout(timer));
  }
}

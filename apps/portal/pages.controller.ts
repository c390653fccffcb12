// What needs no link: the front page, the style sheet, and whether this process is well.
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { STYLESHEET } from '#libs/web';
import { sendPage } from './http/answers';
import { Reading } from './reading';

@Controller()
export class PagesController {
  constructor(private readonly reading: Reading) {}

  @Get()
  front(@Res() response: Response): void {
    sendPage(response, 200, 'message', {
      title: 'Parley',
      lines: [
        'Here people decide about questions, data and results that several organisations share.',
        'There is nothing to sign in to. When you are asked to decide something, a mail with a link of your own reaches you.',
      ],
      link: { href: '/register', label: 'The public register of projects' },
    });
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() response: Response): void {
    if (name !== STYLESHEET.name) {
      sendPage(response, 404, 'message', { title: 'There is no such page', lines: ['Check the address.'] });
      return;
    }
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    response.type('css').send(STYLESHEET.css);
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

// The undated address of a receipt: no secret in it, and all it can do is have a fresh link mailed to the address on record.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { evenOut, sendFreshAsked, sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { Sessions } from '../http/session';
import { receivedOf } from '../items';
import type { ItemParams } from '../items';
import { WritingLedger } from '../ledgers';

@Controller('again/:stream/:checkpoint/:round/:person')
export class AgainController {
  constructor(
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
  ) {}

  @Get()
  async show(
    @Req() request: Request<ItemParams & Record<string, string>>,
    @Res() response: Response,
  ): Promise<void> {
    const started = performance.now();
    const { t } = languageOf(response);
    await evenOut(started);
    sendPage(response, 200, 'again', {
      title: t('again.title'),
      lead: t('again.lead'),
      action: request.path,
      kept: [],
    });
  }

  @Post()
  async send(
    @Req() request: Request<ItemParams & Record<string, string>>,
    @Res() response: Response,
  ): Promise<void> {
    const started = performance.now();
    this.sessions.checkOrigin(request);
    const item = receivedOf(request.params);
    if (item !== null) {
      await this.writing.links.askFreshAbout(item.stream, item.person, item.checkpoint, item.round);
    }
    await sendFreshAsked(response, started);
  }
}

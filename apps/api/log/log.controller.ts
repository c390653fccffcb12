// The transparency log for anyone, as C2SP tlog-tiles: the signed head and the tiles to prove with, without trust in this server.
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { mayReadEntry } from '#libs/domain';
import type { EntryRead } from '#libs/domain';
import { logReceipt, readLog } from '#libs/ledger';
import { parseTilePath } from '#libs/log';
import { z } from 'zod';
import { ReceiptSchema } from '#libs/contracts/receipt';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Public, Shows } from '../policy/does';
import { fail } from '../problems/problem';

const TEXT = 'text/plain; charset=utf-8';
/** A head changes twice a second at most, a tile never. */
const [SOON, NEVER] = ['public, max-age=1', 'public, max-age=31536000, immutable'];
const Version = z.coerce.number().int().min(1).max(2_147_483_647);

@ApiTags('log')
@Controller()
export class LogController {
  constructor(private readonly handle: LedgerHandle) {}

  @Get('log/checkpoint')
  @Public('The newest signed head of the log (C2SP tlog-checkpoint), with its cosignatures')
  async checkpoint(@Res() response: Response): Promise<void> {
    const head = await this.log.head();
    if (head === null) notFound('checkpoint', 'yet');
    response.set({ 'Content-Type': TEXT, 'Cache-Control': SOON }).send(head.note);
  }

  @Get('log/keys')
  @Public('The log’s verifier keys, oldest first, one a line; compare them with those you had otherwise')
  async keys(@Res() response: Response): Promise<void> {
    const keys = await this.log.keys();
    response
      .set({ 'Content-Type': TEXT, 'Cache-Control': SOON })
      .send(keys.map((key) => `${key}\n`).join(''));
  }

  @Get('log/handovers')
  @Public('The notes by which a key of the log handed over to the next')
  async handovers(): Promise<{ items: string[] }> {
    return { items: await this.log.handovers() };
  }

  @Get('log/tile/*path')
  @Public('A tile of the tree (C2SP tlog-tiles): up to 256 hashes of 32 bytes')
  async tile(@Req() request: Request, @Res() response: Response): Promise<void> {
    const path = request.path.replace(/^\/log\//, '');
    const tile = parseTilePath(path);
    const hashes = tile && (await this.log.tile(tile));
    if (!hashes) notFound('tile', path.slice(0, 60));
    response
      .set({ 'Content-Type': 'application/octet-stream', 'Cache-Control': NEVER })
      .send(Buffer.from(hashes));
  }

  @Get('projects/:project/ledger/:version/receipt')
  @Shows(
    'ledger.read',
    'The receipt of one entry: its text, position, inclusion proof and signed head',
    ReceiptSchema,
  )
  async receipt(@Calling() call: Call, @Param('version', { schema: Version }) version: number) {
    const world = worldOf(call);
    const receipt = await logReceipt(this.handle.source, world.project.id, version);
    if (receipt === null) {
      if (version > world.project.version) notFound('entry', String(version));
      fail(503, 'NOT_SIGNED_YET', 'This entry is not under a signed head yet.', 'Ask again in a second.');
    }
    const isOpen = mayReadEntry(world, JSON.parse(receipt.entry) as EntryRead, call.account.person, call.now);
    if (!isOpen) notFound('entry', String(version));
    return receipt;
  }

  private get log() {
    return readLog(this.handle.source);
  }
}

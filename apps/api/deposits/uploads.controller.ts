// Resumable deposits by the tus protocol 1.0 (creation and termination): a large file goes on where its connection broke.
import { Controller, Delete, Head, HttpCode, Inject, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { reference } from '#libs/contracts';
import { ResumableUploads } from '#libs/vault/deposit';
import type { Request, Response } from 'express';
import { bodyOf } from '../http/upload';
import { Calling } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Changes } from '../policy/does';
import { fail } from '../problems/problem';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';
import { mayDeposit, recordDeposit } from './depositing';

const VERSION = '1.0.0';
const CHUNK = 'application/offset+octet-stream';

/** The uploads of this process: what a sender began here goes on here. */
export class Uploads extends ResumableUploads {}

@ApiTags('deposits')
@Controller('projects/:project/deposits/:deposit/upload')
export class UploadsController {
  constructor(
    private readonly uploads: Uploads,
    private readonly commands: Commands,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(201)
  @Changes(
    'deposit.make',
    'Begins a resumable upload (tus): Upload-Length, and the digest as Upload-Metadata sha256',
    201,
  )
  begin(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): void {
    const { publicKey } = mayDeposit(call, id);
    this.uploads.begin({
      ...{ deposit: reference(project, id), length: wholeNumber(request, 'upload-length') },
      ...{ maxBytes: this.settings.maxDepositBytes, sha256: announced(request) },
      ...{ recipientPublicKey: publicKey, vaultDir: this.settings.vaultDir },
    });
    response.setHeader('Tus-Resumable', VERSION);
    response.setHeader('Location', request.path);
  }

  @Head()
  @Changes('deposit.make', 'Says how far an upload is: Upload-Offset', 200)
  where(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') id: string,
    @Res({ passthrough: true }) response: Response,
  ): void {
    mayDeposit(call, id);
    const at = this.uploads.at(reference(project, id));
    if (at === null) fail(404, 'NO_UPLOAD', 'No upload is under way here.', 'Begin one: POST.');
    told(response, at.offset);
    response.setHeader('Upload-Length', String(at.length));
    response.setHeader('Cache-Control', 'no-store');
  }

  @Patch()
  @HttpCode(204)
  @ApiConsumes(CHUNK)
  @Changes(
    'deposit.make',
    'Goes on with an upload at Upload-Offset; with the last byte the deposit is made',
    204,
  )
  async append(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    mayDeposit(call, id);
    if (request.headers['content-type'] !== CHUNK)
      fail(415, 'MEDIA_TYPE', 'A part of an upload is bytes.', `Send it with Content-Type: ${CHUNK}.`);
    const at = reference(project, id);
    const { offset, receipt } = await this.uploads.append(
      at,
      wholeNumber(request, 'upload-offset'),
      bodyOf(request),
    );
    if (receipt !== null)
      await recordDeposit(this.commands, call, {
        project,
        deposit: id,
        vaultDir: this.settings.vaultDir,
        receipt,
      });
    told(response, offset);
  }

  @Delete()
  @HttpCode(204)
  @Changes('deposit.make', 'Gives an upload up; nothing of it stays', 204)
  async end(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    mayDeposit(call, id);
    await this.uploads.abandon(reference(project, id));
    response.setHeader('Tus-Resumable', VERSION);
  }
}

function told(response: Response, offset: number): void {
  response.setHeader('Tus-Resumable', VERSION);
  response.setHeader('Upload-Offset', String(offset));
}

function wholeNumber(request: Request, header: 'upload-length' | 'upload-offset'): number {
  const text = String(request.headers[header] ?? '');
  if (/^\d{1,15}$/.test(text)) return Number(text);
  fail(
    400,
    'TUS_HEADER',
    `${header} is not a number of bytes.`,
    'Say it in bytes, as the tus protocol does.',
  );
}

/** `sha256 <base64 of the hexadecimal digest>` among the metadata; without it an upload resumed with other content is not noticed. */
function announced(request: Request): string {
  const metadata = String(request.headers['upload-metadata'] ?? '');
  const encoded = /(?:^|,)\s*sha256 ([A-Za-z0-9+/=]+)/.exec(metadata)?.[1] ?? '';
  const digest = Buffer.from(encoded, 'base64').toString('latin1');
  if (/^[0-9a-f]{64}$/.test(digest)) return digest;
  fail(
    400,
    'TUS_HEADER',
    'Upload-Metadata names no sha256 of the file.',
    'Send: sha256 <base64 of the hexadecimal digest>.',
  );
}

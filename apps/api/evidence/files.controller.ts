// The file of an item of evidence: streamed in sealed, and handed out as an attachment that no browser runs.
import { randomBytes } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { reference } from '#libs/contracts';
import type { Evidence } from '#libs/domain';
import { commitText, openEvidencePart, storeEvidencePart } from '#libs/ledger';
import { EVIDENCE_MEDIA_TYPES } from '#libs/vault';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Line } from '../http/fields';
import { bodyOf } from '../http/upload';
import { Calling, personOf, streamOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';
import { evidenceIn } from './evidence.view';
import { EvidenceVault } from './evidence-vault';

const Name = z.object({ name: Line.describe('What the file is called.') });

@ApiTags('evidence')
@Controller(['projects/:project/evidence/:evidence/file', 'programmes/:programme/evidence/:evidence/file'])
export class EvidenceFilesController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
    private readonly files: EvidenceVault,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Put()
  @HttpCode(201)
  @ApiConsumes(...Object.keys(EVIDENCE_MEDIA_TYPES))
  @ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })
  @Does('evidence.record', 'Adds the file of an item you recorded; it must be of the type it is declared as')
  async put(
    @Calling() call: Call,
    @Param('evidence') id: string,
    @Query({ schema: Name }) query: z.infer<typeof Name>,
    @Req() request: Request,
  ) {
    mayStore(call, evidenceIn(call, id));
    const stream = streamOf(call).id;
    const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const partA = randomBytes(32);
    const stored = await this.files.vault.storeEvidence({
      ...{ evidence: reference(stream, id), stream: bodyOf(request), mediaType, partA },
      maxBytes: this.settings.maxEvidenceBytes,
    });
    const name = commitText(query.name);
    const { objectId: object, sha256: digest, bytes } = stored;
    const command = {
      type: 'StoreEvidenceFile' as const,
      ...{ evidence: id, name: name.commitment, mediaType, digest, bytes, object },
    };
    const alongside = (runner: Parameters<typeof storeEvidencePart>[0]) =>
      storeEvidencePart(runner, stream, id, partA);
    return {
      ...(await this.commands.onStream(call, { command, texts: [name], alongside }, id)),
      ...{ digest, bytes },
    };
  }

  @Get()
  @Shows('evidence.read', 'Hands out the file, as an attachment')
  async get(@Calling() call: Call, @Param('evidence') id: string, @Res() response: Response) {
    const { file } = evidenceIn(call, id);
    if (file === null) fail(404, 'NO_FILE', `The item ${id} has no file.`, 'GET the item for its text.');
    const stream = streamOf(call).id;
    const partA = await openEvidencePart(this.handle.source, call.secret, stream, id);
    if (partA === null)
      fail(
        403,
        'FILE_CLOSED',
        'The key of this file is not given to you.',
        'Ask its author to widen its audience.',
      );
    await this.files.handOut(response, this.handle.ledger, { stream, evidence: id, file, partA });
  }
}

/** Judged before a byte is read; the domain judges again when it is recorded. */
function mayStore(call: Call, item: Evidence): void {
  if (item.author !== personOf(call))
    fail(
      403,
      'NOT_ITS_AUTHOR',
      'Only its author adds its file.',
      'Record an item of your own derived from it.',
    );
  if (item.file !== null)
    fail(409, 'HAS_A_FILE', `The item ${item.id} has its file.`, 'Record a new item derived from this one.');
}

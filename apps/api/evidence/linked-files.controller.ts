// Files of evidence for whoever signs by link: asked for by the portal, which proves that it was shown a link and has no key itself.
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { withId } from '#libs/domain';
import { openEvidencePartByLink } from '#libs/ledger';
import type { Response } from 'express';
import { z } from 'zod';
import { notFound } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Public } from '../policy/does';
import { EvidenceVault } from './evidence-vault';

const Asked = z.object({
  stream: z.string().regex(/^(pgm|prj)_[a-z0-9]{1,40}$/),
  evidence: z.string().regex(/^ev[0-9]{1,9}$/),
  person: z.string().regex(/^per_[a-zA-Z0-9]{1,40}$/),
  until: z.iso.datetime(),
  proof: z.string().regex(/^[0-9a-f]{64}$/),
});

@ApiTags('evidence')
@Controller('linked-evidence/:stream/:evidence/file')
export class LinkedFilesController {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly files: EvidenceVault,
  ) {}

  /** No account: what opens the file is the proof of a link. Without a good one it looks as if there were nothing. */
  @Get()
  @Public('Hands out a file of evidence to the portal, for the person of a link that was shown to it')
  async get(
    @Param() params: Record<string, string>,
    @Headers() headers: Record<string, string | undefined>,
    @Res() response: Response,
  ): Promise<void> {
    const { 'parley-person': person, 'parley-until': until, 'parley-proof': proof } = headers;
    const asked = Asked.safeParse({ ...params, person, until, proof });
    if (!asked.success) notFound('file', 'here');
    const { stream, evidence } = asked.data;
    const partA = await openEvidencePartByLink(this.handle.source, asked.data, asked.data.proof);
    const items = partA && (await this.evidenceOf(stream));
    const file = items && withId(items, evidence)?.file;
    if (!partA || !file) notFound('file', 'here');
    await this.files.handOut(response, this.handle.ledger, { stream, evidence, file, partA });
  }

  private async evidenceOf(stream: string) {
    const { ledger } = this.handle;
    const held = stream.startsWith('prj')
      ? (await ledger.world(stream)).world.project
      : (await ledger.programme(stream)).state;
    return held.evidence;
  }
}

// A file of evidence beside a sign-off: fetched from the API on proof of the link, handed on as an attachment that no browser runs.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Evidence } from '#libs/domain';
import { evidenceProof } from '#libs/ledger';
import { sendNoSession } from '../http/answers';
import { openedItem } from '../http/opened';
import type { ItemRequest } from '../http/opened';
import { Sessions } from '../http/session';
import { itemOf } from '../items';
import { Reading } from '../reading';
import { PortalSettings } from '../settings';
import { findRound } from '../signing/page';
import { citedEvidence } from './cited';

const PROOF_GOOD_MS = 60_000;
const PATIENCE_MS = 30_000;

@Controller([
  'sign/:stream/:checkpoint/:round/:person/evidence',
  'confirm/:stream/:checkpoint/:round/:person/evidence',
])
export class EvidenceController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly settings: PortalSettings,
  ) {}

  @Get(':evidence')
  async file(
    @Req() request: ItemRequest,
    @Param('evidence') id: string,
    @Res() response: Response,
  ): Promise<void> {
    const started = performance.now();
    const opened = await openedItem(request, this.sessions, this.reading);
    if (opened === null || opened.session.state === 'VOID')
      return sendNoSession(response, started, itemOf(request.params));
    const { item, token } = opened;
    const side = await this.reading.side(item.stream);
    const found = findRound(side, item);
    const signed = found && (await this.reading.signed(found.round.content));
    const cited = signed ? citedEvidence(side, found.round, item.person, [signed.core, signed.cover]) : [];
    const evidence = cited.find((one) => one.id === id);
    // What is not cited here, or not for this person's eyes, looks as if it were not there.
    if (!evidence?.file) throw new NotFoundException();
    await this.handOn(response, token, item, evidence);
  }

  private async handOn(
    response: Response,
    token: string,
    { stream, person }: { stream: string; person: string },
    { id }: Evidence,
  ): Promise<void> {
    const until = new Date(Date.now() + PROOF_GOOD_MS).toISOString();
    const proof = evidenceProof(token, { person, stream, evidence: id, until });
    const answer = await fetch(`${this.settings.around.apiUrl}/linked-evidence/${stream}/${id}/file`, {
      headers: { 'parley-person': person, 'parley-until': until, 'parley-proof': proof },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok || answer.body === null) throw new Error(`the API gave no file (${answer.status})`);
    const disposition = answer.headers.get('content-disposition') ?? '';
    response.setHeader('Content-Type', answer.headers.get('content-type') ?? 'application/octet-stream');
    response.setHeader('Content-Disposition', /^attachment\b/.test(disposition) ? disposition : 'attachment');
    // Should a browser show it all the same, it is a document that may load and run nothing.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    await pipeline(Readable.fromWeb(answer.body), response);
  }
}

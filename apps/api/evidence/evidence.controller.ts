// The register of evidence, of a programme or a project: each item for its audience, and for nobody else.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EVIDENCE_KINDS } from '#libs/domain';
import { z } from 'zod';
import { LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { pageOf } from '../http/shown';
import { Calling } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import {
  AgreeNotes,
  AmendNotes,
  Apart,
  ChangeAudience,
  RecordEvidence,
  recordingOf,
  UseEvidence,
} from './bodies';
import { EvidenceShown, evidenceIn, evidenceView, readableEvidence } from './evidence.view';

const ListQuery = PageQuery.extend({
  kind: z.enum(EVIDENCE_KINDS).optional(),
  with: LocalId.optional().describe('Considered or cited with this question, analysis or insight.'),
});

@ApiTags('evidence')
@Controller(['projects/:project/evidence', 'programmes/:programme/evidence'])
export class EvidenceController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('evidence.record', 'Records an item of evidence for the audience you name')
  record(@Calling() call: Call, @Body({ schema: RecordEvidence }) body: z.infer<typeof RecordEvidence>) {
    return this.commands.onStream(call, recordingOf(body));
  }

  @Get()
  @Shows('evidence.read', 'Lists the evidence that you may read', pageOf(EvidenceShown))
  list(@Calling() call: Call, @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>) {
    const found = readableEvidence(call).filter(
      (item) =>
        (query.kind === undefined || item.kind === query.kind) &&
        (query.with === undefined ||
          [...item.considered, ...item.cited].some((use) => use.in.id === query.with)),
    );
    return slice(
      found.map((item) => evidenceView(call, item)),
      query,
    );
  }

  @Get(':evidence')
  @Shows('evidence.read', 'Shows an item of evidence', EvidenceShown)
  show(@Calling() call: Call, @Param('evidence') id: string) {
    return evidenceView(call, evidenceIn(call, id));
  }

  @Post(':evidence/audience')
  @Does('evidence.record', 'Changes who reads it: its author only; narrower only until somebody relies on it')
  audience(
    @Calling() call: Call,
    @Param('evidence') evidence: string,
    @Body({ schema: ChangeAudience }) { audience }: z.infer<typeof ChangeAudience>,
  ) {
    const command = { type: 'ChangeAudience', evidence, audience } as const;
    return this.commands.decideOnStream(call, { command }, evidence);
  }

  @Post(':evidence/notes')
  @Does('evidence.record', 'Amends notes: one of those present; the others are asked again')
  amend(
    @Calling() call: Call,
    @Param('evidence') evidence: string,
    @Body({ schema: AmendNotes }) body: z.infer<typeof AmendNotes>,
  ) {
    const { take, texts } = new Apart();
    const command = { type: 'AmendNotes', evidence, text: take(body.text) } as const;
    return this.commands.onStream(call, { command, texts }, evidence);
  }

  @Post(':evidence/agreement')
  @Does('evidence.record', 'Agrees to notes, as one of those present')
  agree(
    @Calling() call: Call,
    @Param('evidence') evidence: string,
    @Body({ schema: AgreeNotes }) { version }: z.infer<typeof AgreeNotes>,
  ) {
    const command = { type: 'AgreeNotes', evidence, version } as const;
    return this.commands.decideOnStream(call, { command }, evidence);
  }

  @Post(':evidence/consent')
  @Does('evidence.record', 'Consents, for yourself, to its use as research data')
  consent(@Calling() call: Call, @Param('evidence') evidence: string) {
    const command = { type: 'ConsentToResearchUse', evidence } as const;
    return this.commands.decideOnStream(call, { command }, evidence);
  }

  @Post(':evidence/consent/withdrawal')
  @Does('evidence.record', 'Takes your consent back; what rests on it is shown as such at once')
  withdrawConsent(@Calling() call: Call, @Param('evidence') evidence: string) {
    const command = { type: 'WithdrawResearchUse', evidence } as const;
    return this.commands.decideOnStream(call, { command }, evidence);
  }

  @Post(':evidence/considerations')
  @Does(
    'evidence.record',
    'Records that it was considered alongside data, with a question, analysis or insight',
  )
  consider(
    @Calling() call: Call,
    @Param('evidence') evidence: string,
    @Body({ schema: UseEvidence }) body: z.infer<typeof UseEvidence>,
  ) {
    const { take, texts } = new Apart();
    const command = { type: 'ConsiderEvidence', evidence, in: body.in, because: take(body.because) } as const;
    return this.commands.onStream(call, { command, texts }, evidence);
  }

  @Post(':evidence/citations')
  @Does(
    'evidence.record',
    'Cites it as research data: only with the consent of everybody whose words it holds',
  )
  cite(
    @Calling() call: Call,
    @Param('evidence') evidence: string,
    @Body({ schema: UseEvidence }) body: z.infer<typeof UseEvidence>,
  ) {
    const { take, texts } = new Apart();
    const command = {
      type: 'CiteAsResearchData',
      evidence,
      in: body.in,
      because: take(body.because),
    } as const;
    return this.commands.onStream(call, { command, texts }, evidence);
  }
}

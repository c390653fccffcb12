// Data requests: sent to a holder, answered with a grant, a smaller grant or a refusal, withdrawn at any time.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { REFUSAL_REASONS } from '#libs/domain';
import { commitText, signContent } from '#libs/ledger';
import { z } from 'zod';
import {
  ConditionField,
  DataSpecField,
  FreeText,
  InstantField,
  Line,
  LocalId,
  ModeField,
  OrganisationId,
  TierField,
  Word,
} from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { requestView } from '../projects/overview';
import { RequestShown, pageOf } from '../http/shown';

const Ask = z.strictObject({
  source: Word,
  fields: z.array(Word).min(1).max(500),
  tier: TierField,
  purpose: Line,
  methods: z.array(Word).min(1).max(50),
  linkage: z.boolean(),
});
const RationaleIn = z.strictObject({ text: FreeText, cites: z.array(LocalId).max(100) });
const SendRequest = z.strictObject({
  holder: OrganisationId,
  ask: Ask,
  rationale: RationaleIn,
  summary: FreeText,
});
const Grant = z.strictObject({
  tier: TierField,
  fields: z.array(Word).min(1).max(500),
  depositAs: DataSpecField,
  releaseAs: DataSpecField,
  conditions: z.array(ConditionField).max(50).default([]),
  expires: InstantField,
});
const Answer = z
  .strictObject({
    outcome: z.enum(['GRANTED', 'PARTLY_GRANTED', 'REFUSED']),
    grant: Grant.optional(),
    reasons: z.array(z.enum(REFUSAL_REASONS)).max(6).default([]),
    reason: FreeText.optional(),
  })
  .refine(({ outcome, grant }) => (outcome === 'REFUSED') === (grant === undefined), {
    path: ['grant'],
    message: 'a grant belongs to GRANTED and PARTLY_GRANTED, and to nothing else',
  });
const Withdraw = z.strictObject({
  mode: ModeField,
  atOnce: z.boolean().default(false),
  reason: FreeText.optional(),
});

@ApiTags('requests')
@Controller('projects/:project/requests')
export class RequestsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('request.send', 'Sends a data request to a holder')
  send(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: SendRequest }) { holder, ask, rationale, summary }: z.infer<typeof SendRequest>,
  ) {
    const text = commitText(rationale.text);
    const { content, contents } = signContent({ kind: 'REQUEST', holder, ask, rationale }, { summary });
    const command = {
      type: 'SendRequest',
      holder,
      ask,
      content,
      rationale: { text: text.commitment, cites: rationale.cites },
    } as const;
    return this.commands.onProject(call, project, () => ({ command, contents, texts: [text] }));
  }

  @Get()
  @Shows('project.read', 'Lists the data requests with their answers', pageOf(RequestShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      Object.values(world.project.requests).map((request) => requestView(world, request)),
      query,
    );
  }

  @Get(':request')
  @Shows('project.read', 'Shows a data request', RequestShown)
  show(@Calling() call: Call, @Param('request') id: string) {
    const world = worldOf(call);
    return requestView(world, world.project.requests[id] ?? notFound('request', id));
  }

  @Post(':request/answer')
  @Does('request.answer', 'Answers for the holder: grant, smaller grant, or refusal with reasons')
  answer(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('request') request: string,
    @Body({ schema: Answer }) body: z.infer<typeof Answer>,
  ) {
    const reason = body.reason === undefined ? null : commitText(body.reason);
    const command = {
      type: 'AnswerRequest',
      request,
      outcome: body.outcome,
      grant: body.grant ?? null,
      reasons: body.reasons,
      reason: reason?.commitment ?? null,
      assurance: 'ACCOUNT',
    } as const;
    const texts = reason === null ? [] : [reason];
    return this.commands.decideOnProject(call, project, () => ({ command, texts }), request);
  }

  @Post(':request/withdrawal')
  @Does('grant.withdraw', 'Withdraws the grant; every release resting on it closes at once')
  withdraw(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('request') request: string,
    @Body({ schema: Withdraw }) { mode, atOnce, reason: why }: z.infer<typeof Withdraw>,
  ) {
    const reason = why === undefined ? null : commitText(why);
    const command = {
      type: 'WithdrawGrant',
      request,
      mode,
      atOnce,
      assurance: 'ACCOUNT',
      reason: reason?.commitment ?? null,
    } as const;
    return this.commands.decideOnProject(
      call,
      project,
      () => ({ command, texts: reason === null ? [] : [reason] }),
      request,
    );
  }
}

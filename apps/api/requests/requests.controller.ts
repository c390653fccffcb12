// Data requests: sent to a holder, answered with a grant, a smaller grant or a refusal, withdrawn at any time.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ALTERNATIVES, REASON_ORIGINS, REFUSAL_REASONS } from '#libs/domain';
import { grantProblems } from '#libs/vault';
import type { ProjectCommand } from '#libs/domain';
import { commitText, signContent } from '#libs/ledger';
import type { DraftText } from '#libs/ledger';
import { z } from 'zod';
import {
  ConditionField,
  DataSpecField,
  FieldTermsField,
  FreeText,
  InstantField,
  Line,
  LocalId,
  ModeField,
  Nothing,
  OrganisationId,
  PersonId,
  TierField,
  Word,
  withoutUndefined,
} from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { requestView } from './request.view';
import { pageOf } from '../http/shown';
import { RequestShown } from './shown';

const Ask = z.strictObject({
  source: Word,
  fields: z.array(Word).min(1).max(500),
  tier: TierField,
  purpose: Line,
  methods: z.array(Word).min(1).max(50),
  linkage: z.boolean(),
  detail: z.array(FieldTermsField).min(1).max(500).optional(),
});
const RationaleIn = z.strictObject({ text: FreeText, cites: z.array(LocalId).max(100) });
export const SendRequest = z.strictObject({
  holder: OrganisationId,
  ask: Ask,
  rationale: RationaleIn,
  summary: FreeText,
  answers: LocalId.optional().describe(
    'The refused request that this smaller ask, or offer of help, answers.',
  ),
  help: FreeText.optional().describe('Help with the extraction.'),
});
const Withheld = z.strictObject({
  field: Word,
  reason: z.enum(REFUSAL_REASONS).nullable().default(null),
  because: FreeText.optional(),
});
const Grant = z
  .strictObject({
    tier: TierField,
    fields: z.array(Word).min(1).max(500),
    depositAs: DataSpecField,
    releaseAs: DataSpecField,
    conditions: z.array(ConditionField).max(50).default([]),
    expires: InstantField,
    detail: z.array(FieldTermsField).min(1).max(500).optional(),
    withheld: z.array(Withheld).max(500).optional(),
  })
  // B27: a release finer than its deposit is found when it is granted, not when it is made.
  .superRefine(({ depositAs, releaseAs, tier, detail = [] }, context) => {
    for (const message of grantProblems({ depositAs, releaseAs, tier }, detail))
      context.addIssue({ code: 'custom', message });
  });
export const AlternativeIn = z.strictObject({ alternative: z.enum(ALTERNATIVES), whyNot: FreeText });
const Answer = z
  .strictObject({
    outcome: z.enum(['GRANTED', 'PARTLY_GRANTED', 'REFUSED']),
    grant: Grant.optional(),
    reasons: z.array(z.enum(REFUSAL_REASONS)).max(6).default([]),
    reason: FreeText.optional(),
    sources: z
      .array(
        z.strictObject({
          ...{ reason: z.enum(REFUSAL_REASONS), from: z.enum(REASON_ORIGINS) },
          where: FreeText.optional(),
        }),
      )
      .max(6)
      .optional()
      .describe('Where each stated reason comes from.'),
    aggregatePossible: z.boolean().optional(),
    alternatives: z.array(AlternativeIn).max(3).optional(),
    confidant: PersonId.optional().describe('The one neutral person who reads the reason.'),
  })
  .refine(({ outcome, grant }) => (outcome === 'REFUSED') === (grant === undefined), {
    path: ['grant'],
    message: 'a grant belongs to GRANTED and PARTLY_GRANTED, and to nothing else',
  });
export const Withdraw = z.strictObject({
  mode: ModeField,
  atOnce: z.boolean().default(false),
  reason: FreeText.optional(),
  confidant: PersonId.optional().describe('The one neutral person who reads the reason.'),
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
    @Body({ schema: SendRequest })
    { holder, ask, rationale, summary, answers, help: offered }: z.infer<typeof SendRequest>,
  ) {
    const text = commitText(rationale.text);
    const help = offered === undefined ? undefined : commitText(offered);
    const core = withoutUndefined({
      kind: 'REQUEST',
      holder,
      ask: withoutUndefined(ask),
      rationale,
      answers,
      help: offered,
    });
    const { content, contents } = signContent(core, { summary });
    const command = withoutUndefined({
      type: 'SendRequest' as const,
      holder,
      ask: withoutUndefined(ask),
      content,
      rationale: { text: text.commitment, cites: rationale.cites },
      answers,
      help: help?.commitment,
    }) as Extract<ProjectCommand, { type: 'SendRequest' }>;
    const texts = help === undefined ? [text] : [text, help];
    return this.commands.onProject(call, project, () => ({ command, contents, texts }));
  }

  @Get()
  @Shows('project.read', 'Lists the data requests with their answers', pageOf(RequestShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const requests = Object.values(worldOf(call).project.requests);
    return slice(
      requests.map((request) => requestView(call, request)),
      query,
    );
  }

  @Get(':request')
  @Shows('project.read', 'Shows a data request', RequestShown)
  show(@Calling() call: Call, @Param('request') id: string) {
    return requestView(call, worldOf(call).project.requests[id] ?? notFound('request', id));
  }

  @Post(':request/answer')
  @Does('request.answer', 'Answers for the holder: grant, smaller grant, or refusal with reasons')
  answer(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('request') request: string,
    @Body({ schema: Answer }) body: z.infer<typeof Answer>,
  ) {
    const { command, texts } = answerDraft(request, body);
    return this.commands.decideOnProject(call, project, () => ({ command, texts }), request);
  }

  @Post(':request/alternatives')
  @Does(
    'request.clarify',
    'Lists an alternative to an incompatible reuse, and why not; asks nobody for anything',
  )
  consider(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('request') request: string,
    @Body({ schema: AlternativeIn }) { alternative, whyNot }: z.infer<typeof AlternativeIn>,
  ) {
    const text = commitText(whyNot);
    const command = { type: 'ConsiderAlternative', request, alternative, whyNot: text.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [text] }), request);
  }

  @Post(':request/wish')
  @Does('asking.wish', 'Says that you, who declined, wish to be asked about the next version')
  wish(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('request') request: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    const command = { type: 'WishToBeAsked', about: request, assurance: 'ACCOUNT' } as const;
    return this.commands.decideOnProject(call, project, () => ({ command }), request);
  }

  @Post(':request/withdrawal')
  @Does('grant.withdraw', 'Withdraws the grant; every release resting on it closes at once')
  withdraw(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('request') request: string,
    @Body({ schema: Withdraw }) { mode, atOnce, reason: why, confidant }: z.infer<typeof Withdraw>,
  ) {
    const reason = why === undefined ? null : commitText(why);
    const command = {
      type: 'WithdrawGrant',
      request,
      mode,
      atOnce,
      assurance: 'ACCOUNT',
      reason: reason?.commitment ?? null,
      ...(confidant === undefined ? {} : { confidant }),
    } as const;
    return this.commands.decideOnProject(
      call,
      project,
      () => ({ command, texts: reason === null ? [] : [reason] }),
      request,
    );
  }
}

/** The command of an answer; each free text in it is kept apart as a commitment. */
function answerDraft(request: string, body: z.infer<typeof Answer>) {
  const texts: DraftText[] = [];
  const commit = (text: string | undefined): string | null => {
    if (text === undefined) return null;
    const committed = commitText(text);
    texts.push(committed);
    return committed.commitment;
  };
  const { outcome, grant, reasons, reason, sources, aggregatePossible, alternatives, confidant } = body;
  const withheld = grant?.withheld?.map((w) => ({ ...w, because: commit(w.because) }));
  const command = withoutUndefined({
    type: 'AnswerRequest' as const,
    request,
    outcome,
    grant: grant === undefined ? null : withoutUndefined({ ...grant, withheld }),
    reasons,
    reason: commit(reason),
    assurance: 'ACCOUNT' as const,
    sources: sources?.map((s) => ({ ...s, where: commit(s.where) })),
    aggregatePossible,
    alternatives: alternatives?.map((a) => ({ ...a, whyNot: commit(a.whyNot) ?? '' })),
    confidant,
  }) as Extract<ProjectCommand, { type: 'AnswerRequest' }>;
  return { command, texts };
}

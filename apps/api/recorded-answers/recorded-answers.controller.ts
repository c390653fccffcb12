// T15: what people without e-mail said, recorded by somebody with an account; and a colleague's countersignature of an approval.
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CheckpointCommand, CheckpointCommands } from '#libs/domain';
import { CHOICES, HEARD_BY } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { Draft } from '#libs/ledger';
import { z } from 'zod';
import { ConditionField, Digest, FreeText, Line, LocalId, ModeField, PersonId } from '../http/fields';
import { Calling } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does } from '../policy/does';

const Heard = {
  round: z.int().positive(),
  person: PersonId.describe('Whose answer it is.'),
  how: z.enum(HEARD_BY).describe('How it reached you.'),
  evidence: LocalId.describe('The letter, form or note of the call in the register of evidence.'),
  signedAs: Line.describe('The name the person gave.'),
};
export const RecordAnswer = z.strictObject({
  ...Heard,
  choice: z.enum(CHOICES),
  core: Digest.describe('The content that was read to them, or lay before them.'),
  cover: Digest,
  conditions: z.array(ConditionField).max(20).default([]),
  reason: FreeText.optional(),
  dissent: FreeText.optional(),
});
export const RecordWithdrawal = z.strictObject({
  ...Heard,
  mode: ModeField,
  atOnce: z.boolean().default(false).describe('With STOP_AND_DESTROY: without the 24 hours.'),
  reason: FreeText.optional(),
});
export const RecordGrantWithdrawal = z.strictObject({
  ...{ person: Heard.person, how: Heard.how, evidence: Heard.evidence, mode: ModeField },
  atOnce: z.boolean().default(false),
  reason: FreeText.optional(),
});
export const Countersign = z.strictObject({
  ...{ round: Heard.round, person: Heard.person },
  signedAs: Line.describe('Your name, as you sign.'),
});

@ApiTags('checkpoints')
@Controller(['projects/:project/checkpoints/:checkpoint', 'programmes/:programme/checkpoints/:checkpoint'])
export class RecordedAnswersController {
  constructor(private readonly commands: Commands) {}

  @Post('recorded-answers')
  @Does('answer.record', 'Records what a person without e-mail answered by telephone, on paper or in person')
  answer(
    @Calling() call: Call,
    @Param('checkpoint') checkpoint: string,
    @Body({ schema: RecordAnswer }) body: z.infer<typeof RecordAnswer>,
  ) {
    const { reason, dissent, signedAs, ...said } = body;
    return this.decide(call, checkpoint, { reason, dissent, signedAs }, (words) => ({
      ...{ type: 'RecordAnswerOf', checkpoint, ...said, reason: words.reason, dissent: words.dissent },
      signedAs: words.signedAs,
    }));
  }

  @Post('recorded-withdrawals')
  @Does('answer.record', 'Records that such a person withdraws their answer; takes effect at once')
  withdrawal(
    @Calling() call: Call,
    @Param('checkpoint') checkpoint: string,
    @Body({ schema: RecordWithdrawal }) body: z.infer<typeof RecordWithdrawal>,
  ) {
    const { reason, signedAs, ...said } = body;
    return this.decide(call, checkpoint, { reason, dissent: undefined, signedAs }, (words) => ({
      ...{ type: 'RecordWithdrawalOf', checkpoint, ...said, reason: words.reason, signedAs: words.signedAs },
    }));
  }

  @Post('countersignatures')
  @Does('answer.countersign', 'Confirms the recorded approval of a colleague, which counts from then on')
  countersign(
    @Calling() call: Call,
    @Param('checkpoint') checkpoint: string,
    @Body({ schema: Countersign }) body: z.infer<typeof Countersign>,
  ) {
    const { signedAs, ...whose } = body;
    return this.decide(call, checkpoint, { reason: undefined, dissent: undefined, signedAs }, (words) => ({
      ...{
        type: 'CountersignDecision',
        checkpoint,
        ...whose,
        assurance: 'ACCOUNT',
        signedAs: words.signedAs,
      },
    }));
  }

  /** Words lie apart from the ledger, which holds their commitments. */
  private decide(
    call: Call,
    checkpoint: string,
    given: { reason: string | undefined; dissent: string | undefined; signedAs: string },
    build: (words: Committed) => CheckpointCommand,
  ) {
    const [reason, dissent] = [given.reason, given.dissent].map((text) =>
      text === undefined ? null : commitText(text),
    );
    const signedAs = commitText(given.signedAs);
    const texts = [signedAs, reason, dissent].filter((text) => text != null);
    const committed = { reason: reason?.commitment ?? null, dissent: dissent?.commitment ?? null };
    const command = build({ ...committed, signedAs: signedAs.commitment });
    const draft: Draft<CheckpointCommand> = { command, texts };
    return this.commands.decideOnStream(call, draft, checkpoint);
  }
}

@ApiTags('requests')
@Controller('projects/:project/requests/:request')
export class RecordedGrantsController {
  constructor(private readonly commands: Commands) {}

  @Post('recorded-withdrawals')
  @Does(
    'answer.record',
    'Records that a holder without e-mail withdraws its grant; closes at once what rests on it',
  )
  withdrawal(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('request') request: string,
    @Body({ schema: RecordGrantWithdrawal }) body: z.infer<typeof RecordGrantWithdrawal>,
  ) {
    const { reason: why, ...said } = body;
    const reason = why === undefined ? null : commitText(why);
    const command = {
      type: 'RecordGrantWithdrawalOf' as const,
      ...{ request, ...said, reason: reason?.commitment ?? null },
    };
    const draft = { command, texts: reason === null ? [] : [reason] };
    return this.commands.decideOnProject(call, project, () => draft, request);
  }
}

type Committed = Pick<CheckpointCommands['RecordAnswerOf'], 'reason' | 'dissent' | 'signedAs'>;

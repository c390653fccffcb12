// Checkpoints of a project or programme: what is out for sign-off, and withdrawing one's own answer by account.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Checkpoint, CheckpointCommand } from '#libs/domain';
import { commitText, signContent } from '#libs/ledger';
import type { Draft } from '#libs/ledger';
import { z } from 'zod';
import { Nothing, FreeText, Line, ModeField } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, programmeOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { checkpointSummary, roundView } from './checkpoint.view';
import { pageOf } from '../http/shown';
import { CheckpointListed, CheckpointShown } from './shown';

export const Withdraw = z.strictObject({
  round: z.int().positive(),
  mode: ModeField,
  atOnce: z.boolean().default(false).describe('With STOP_AND_DESTROY: without the 24 hours.'),
  disowned: z.boolean().default(false).describe('"This was not me."'),
  reason: FreeText.optional(),
  signedAs: Line.describe('Your name, as you sign.'),
});
type Withdraw = z.infer<typeof Withdraw>;
export const Cover = z.strictObject({ summary: FreeText });

@ApiTags('checkpoints')
@Controller()
export class CheckpointsController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
  ) {}

  @Get('programmes/:programme/checkpoints')
  @Shows('programme.read', 'Lists the sign-offs of a programme', pageOf(CheckpointListed))
  ofProgramme(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = Object.values(programmeOf(call).checkpoints);
    return slice(
      all.map((checkpoint) => checkpointSummary(call, checkpoint)),
      query,
    );
  }

  @Get('programmes/:programme/checkpoints/:checkpoint')
  @Shows('programme.read', 'Shows a sign-off: content, who is asked, who answered', CheckpointShown)
  inProgramme(@Calling() call: Call, @Param('checkpoint') id: string) {
    return this.detail(call, programmeOf(call).checkpoints[id] ?? notFound('checkpoint', id));
  }

  @Get('projects/:project/checkpoints')
  @Shows('project.read', 'Lists the sign-offs of a project', pageOf(CheckpointListed))
  ofProject(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = Object.values(worldOf(call).project.checkpoints);
    return slice(
      all.map((checkpoint) => checkpointSummary(call, checkpoint)),
      query,
    );
  }

  @Get('projects/:project/checkpoints/:checkpoint')
  @Shows('project.read', 'Shows a sign-off: content, who is asked, who answered', CheckpointShown)
  inProject(@Calling() call: Call, @Param('checkpoint') id: string) {
    return this.detail(call, worldOf(call).project.checkpoints[id] ?? notFound('checkpoint', id));
  }

  @Post('programmes/:programme/checkpoints/:checkpoint/withdrawal')
  @Does('decision.withdraw', 'Withdraws your own answer; takes effect at once')
  withdrawInProgramme(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Param('checkpoint') id: string,
    @Body({ schema: Withdraw }) body: Withdraw,
  ) {
    return this.commands.decideOnProgramme(call, programme, () => withdrawal(id, body), id);
  }

  @Post('projects/:project/checkpoints/:checkpoint/withdrawal')
  @Does('decision.withdraw', 'Withdraws your own answer; takes effect at once')
  withdrawInProject(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('checkpoint') id: string,
    @Body({ schema: Withdraw }) body: Withdraw,
  ) {
    return this.commands.decideOnProject(call, project, () => withdrawal(id, body), id);
  }

  @Post('projects/:project/checkpoints/:checkpoint/wish')
  @Does('asking.wish', 'Says that you, who declined, wish to be asked about the next version')
  wish(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('checkpoint') about: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    const command = { type: 'WishToBeAsked', about, assurance: 'ACCOUNT' } as const;
    return this.commands.decideOnProject(call, project, () => ({ command }), about);
  }

  @Post('projects/:project/checkpoints/:checkpoint/cover')
  @Does('cover.change', 'Changes covering text; nobody’s answer is void, everybody asked is told')
  cover(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('checkpoint') id: string,
    @Body({ schema: Cover }) body: z.infer<typeof Cover>,
  ) {
    const { content, contents } = signContent({}, body);
    const command = { type: 'ChangeCover', checkpoint: id, cover: content.cover } as const;
    const cover = contents.filter((c) => c.id === content.cover);
    return this.commands.onProject(call, project, () => ({ command, contents: cover }), id);
  }

  private async detail(call: Call, checkpoint: Checkpoint) {
    const programme = programmeOf(call);
    const rounds = checkpoint.rounds.map((round) => roundView(call, programme, checkpoint, round));
    const current = checkpoint.rounds.at(-1);
    const content = current && {
      core: await this.readable(current.content.core),
      cover: await this.readable(current.content.cover),
    };
    return { id: checkpoint.id, kind: checkpoint.kind, content: content ?? null, rounds };
  }

  /** The signed bytes as JSON; null where they were erased. */
  private async readable(id: string): Promise<unknown> {
    const bytes = await this.handle.ledger.content(id);
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as unknown);
  }
}

function withdrawal(checkpoint: string, body: Withdraw): Draft<CheckpointCommand> {
  const reason = body.reason === undefined ? null : commitText(body.reason);
  const signedAs = commitText(body.signedAs);
  const { round, mode, atOnce, disowned } = body;
  return {
    command: {
      ...{ type: 'WithdrawDecision', checkpoint, round, mode, atOnce, disowned, assurance: 'ACCOUNT' },
      ...{ reason: reason?.commitment ?? null, signedAs: signedAs.commitment },
    },
    texts: reason === null ? [signedAs] : [signedAs, reason],
  };
}

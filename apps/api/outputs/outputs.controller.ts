// Output checks: a checker who is not the author decides on exactly the bytes of a result.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CHOICES, resultStatus } from '#libs/domain';
import type { Checkpoint } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { checkpointSummary } from '../checkpoints/checkpoint.view';
import { Because, Digest, FreeText, Line, LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { pageOf } from '../http/shown';
import { OutputShown } from '../http/shown-outputs';
import { checkView } from './check.view';

/** What an approval of a result may ask of whoever reads it. */
export const READERS_CONDITIONS = ['SHOW_ONLY_WITH', 'NO_USE_FOR'] as const;

export const Decide = z.strictObject({
  choice: z.enum(CHOICES),
  core: Digest.describe('The content id of the result you looked at.'),
  cover: Digest,
  signedAs: Line.describe('Your name, as you sign.'),
  reason: FreeText.optional(),
  dissent: FreeText.optional(),
  conditions: z
    .array(z.strictObject({ kind: z.enum(READERS_CONDITIONS), value: Line }))
    .max(20)
    .default([])
    .describe(
      'What it is to be shown with, or not to be used for; it stands beside the result for every reader.',
    ),
  findings: z
    .array(z.strictObject({ finding: LocalId, reason: FreeText }))
    .max(1000)
    .default([])
    .describe('Why each finding that goes to a person may stand: approval needs one for each.'),
});
export const Except = z.strictObject({ finding: LocalId, reason: FreeText });
export const Comment = z.strictObject({ text: FreeText });

@ApiTags('outputs')
@Controller('projects/:project/outputs')
export class OutputsController {
  constructor(private readonly commands: Commands) {}

  @Get()
  @Shows('project.read', 'Lists the results and their output checks', pageOf(OutputShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      outputs(call).map((checkpoint) => outputView(call, checkpoint)),
      query,
    );
  }

  @Get(':analysis')
  @Shows('project.read', 'Shows the output check of an analysis', OutputShown)
  show(@Calling() call: Call, @Param('analysis') analysis: string) {
    return outputView(call, outputOf(call, analysis));
  }

  @Post(':analysis/decision')
  @Does('output.decide', 'Decides on a result, by account')
  decide(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('analysis') analysis: string,
    @Body({ schema: Decide }) { choice, core, cover, conditions, findings, ...said }: z.infer<typeof Decide>,
  ) {
    const { id: checkpoint, rounds } = outputOf(call, analysis);
    const texts = {
      signedAs: commitText(said.signedAs),
      reason: said.reason === undefined ? null : commitText(said.reason),
      dissent: said.dissent === undefined ? null : commitText(said.dissent),
    };
    const decided = findings.map(({ finding, reason }) => ({ finding, text: commitText(reason) }));
    const asked = conditions.map(({ kind, value }) => ({ kind, text: commitText(value) }));
    return this.commands.decideOnProject(
      call,
      project,
      () => ({
        command: {
          ...{ type: 'RecordDecision', checkpoint, round: rounds.length, choice, core, cover },
          conditions: asked.map(({ kind, text }) => ({ kind, value: text.commitment })),
          ...{ assurance: 'ACCOUNT', signedAs: texts.signedAs.commitment, page: null },
          ...{ reason: texts.reason?.commitment ?? null, dissent: texts.dissent?.commitment ?? null },
          findings: decided.map(({ finding, text }) => ({ finding, reason: text.commitment })),
        },
        texts: [
          ...Object.values(texts).filter((text) => text !== null),
          ...[...decided, ...asked].map(({ text }) => text),
        ],
      }),
      analysis,
    );
  }

  @Post(':analysis/exceptions')
  @Does('output.except', 'Proposes, as checker, to show what a rule kept back; a second checker grants it')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('analysis') analysis: string,
    @Body({ schema: Except }) { finding, ...body }: z.infer<typeof Except>,
  ) {
    const reason = commitText(body.reason);
    const command = {
      ...({ type: 'ProposeException', analysis, finding } as const),
      ...({ reason: reason.commitment, assurance: 'ACCOUNT' } as const),
    };
    return this.commands.decideOnProject(call, project, () => ({ command, texts: [reason] }), analysis);
  }

  @Post(':analysis/exceptions/:exception/grant')
  @Does('output.except', 'Grants an exception, as second checker: the same run made again is made with it')
  grant(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('exception') exception: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = {
      ...({ type: 'GrantException', exception } as const),
      ...({ reason: reason.commitment, assurance: 'ACCOUNT' } as const),
    };
    return this.commands.decideOnProject(call, project, () => ({ command, texts: [reason] }), exception);
  }

  @Post(':analysis/comments')
  @Does('output.comment', 'Comments on a checked result, as holder that asked to review it; no veto')
  comment(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('analysis') analysis: string,
    @Body({ schema: Comment }) body: z.infer<typeof Comment>,
  ) {
    const text = commitText(body.text);
    const command = {
      ...({ type: 'CommentOnOutput', analysis } as const),
      ...({ text: text.commitment, assurance: 'ACCOUNT' } as const),
    };
    return this.commands.decideOnProject(call, project, () => ({ command, texts: [text] }), analysis);
  }

  @Post(':analysis/withholding')
  @Does('output.withhold', 'Withholds a result, with a reason')
  withhold(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('analysis') analysis: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = { type: 'WithholdOutput', analysis, reason: reason.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [reason] }), analysis);
  }
}

const outputs = (call: Call): Checkpoint[] =>
  Object.values(worldOf(call).project.checkpoints).filter((checkpoint) => checkpoint.kind === 'OUTPUT');

function outputOf(call: Call, analysis: string): Checkpoint {
  const known = worldOf(call).project.analyses[analysis] ?? notFound('analysis', analysis);
  const found = outputs(call).find((checkpoint) => checkpoint.rounds.at(-1)?.subject.id === known.id);
  return (
    found ??
    fail(
      404,
      'NO_OUTPUT',
      `The analysis ${analysis} has no result to check yet.`,
      'GET the analysis for its status.',
    )
  );
}

function outputView(call: Call, checkpoint: Checkpoint) {
  const world = worldOf(call);
  const id = checkpoint.rounds.at(-1)?.subject.id ?? '';
  const analysis = world.project.analyses[id];
  const { current } = checkpointSummary(call, checkpoint);
  return {
    ...{
      id,
      analysis: id,
      checkpoint: checkpoint.id,
      round: current?.round ?? 0,
      status: current?.status ?? null,
    },
    ...{ core: current?.content.core ?? null, cover: current?.content.cover ?? null, current },
    result: analysis ? resultStatus(world, analysis, call.now) : null,
    ...(analysis
      ? checkView(call, analysis)
      : { findings: null, exceptions: [], conditions: [], review: null }),
  };
}

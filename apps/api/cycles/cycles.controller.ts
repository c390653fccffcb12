// Cycles and their stages: starting, closing the analysis, settling empty, reopening.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { Because, LocalId, Nothing } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { cycleView } from '../projects/overview';
import { pageOf } from '../http/shown';
import { CycleShown } from './shown';

export const StartCycle = z.strictObject({
  descendsFrom: LocalId.nullable().describe(
    'The cycle whose settled reflection this one rests on; null only for the first.',
  ),
});
export const StageParam = z.enum(['dataRequest', 'analysis'], {
  error: 'only dataRequest and analysis settle empty or reopen this way',
});
export type StageParam = z.infer<typeof StageParam>;

@ApiTags('cycles')
@Controller('projects/:project')
export class CyclesController {
  constructor(private readonly commands: Commands) {}

  @Post('cycles')
  @Does('cycle.start', 'Starts the next cycle')
  start(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: StartCycle }) body: z.infer<typeof StartCycle>,
  ) {
    return this.commands.onProject(call, project, () => ({ command: { type: 'StartCycle', ...body } }));
  }

  @Get('cycles')
  @Shows('project.read', 'Lists the cycles with where each stage stands', pageOf(CycleShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      world.project.cycles.map((cycle) => cycleView(world, cycle, call.now)),
      query,
    );
  }

  @Get('cycles/:cycle')
  @Shows('project.read', 'Shows a cycle', CycleShown)
  show(@Calling() call: Call, @Param('cycle') id: string) {
    const world = worldOf(call);
    const cycle = world.project.cycles.find((c) => c.id === id);
    return cycleView(world, cycle ?? notFound('cycle', id), call.now);
  }

  @Post('stages/analysis/close')
  @Does('project.steer', 'Closes the analysis stage')
  close(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    return this.commands.onProject(call, project, () => ({ command: { type: 'CloseAnalysisStage' } }));
  }

  @Post('stages/:stage/settle-empty')
  @Does('project.steer', 'Settles a stage without anything in it, with a reason')
  settleEmpty(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('stage', { schema: StageParam }) stage: StageParam,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = { type: 'SettleEmpty', stage, reason: reason.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [reason] }), stage);
  }

  @Post('stages/:stage/reopen')
  @Does('project.steer', 'Reopens a stage, with a reason')
  reopen(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('stage', { schema: StageParam }) stage: StageParam,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = { type: 'ReopenStage', stage, reason: reason.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [reason] }), stage);
  }
}

// Insights: what was learned and what can be done about it, each with a practitioner and a researcher as authors.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { INSIGHT_STATUSES, MOST_WORDS } from '#libs/domain';
import { z } from 'zod';
import { committed } from '../http/committed';
import { FreeText, LocalId, PersonId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { pageOf } from '../http/shown';
import { InsightShown, insightView } from './insight.view';

export const RecordInsight = z.strictObject({
  status: z.enum(INSIGHT_STATUSES),
  text: FreeText,
  authors: z.array(PersonId).min(1).max(20),
  analyses: z.array(LocalId).max(50),
  owner: FreeText.nullable()
    .default(null)
    .describe('Who owns it nationally, where it is OUTSIDE_LOCAL_REMIT; otherwise null.'),
});
export const ChangeStatus = z.strictObject({
  ...{ status: z.enum(INSIGHT_STATUSES), reason: FreeText, owner: FreeText.nullable().default(null) },
});
export const WriteSummary = z.strictObject({ text: FreeText.describe(`At most ${MOST_WORDS} words.`) });
export const ApproveSummary = z.strictObject({
  version: z.int().min(1).describe('The version that was read.'),
});

@ApiTags('insights')
@Controller('projects/:project/insights')
export class InsightsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('insight.record', 'Records an insight of the open cycle')
  record(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: RecordInsight }) body: z.infer<typeof RecordInsight>,
  ) {
    const words = { type: 'RecordInsight', ...body } as const;
    return this.commands.onProject(call, project, () => committed(words, 'text', 'owner'));
  }

  @Get()
  @Shows('project.read', 'Lists the insights', pageOf(InsightShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      world.project.insights.map((insight) => insightView(world, insight, call.now)),
      query,
    );
  }

  @Get(':insight')
  @Shows(
    'project.read',
    'Shows an insight with its history, its summaries and the caveats behind it',
    InsightShown,
  )
  show(@Calling() call: Call, @Param('insight') id: string) {
    const world = worldOf(call);
    const found = world.project.insights.find((insight) => insight.id === id);
    return insightView(world, found ?? notFound('insight', id), call.now);
  }

  @Post(':insight/status')
  @Does('insight.record', 'Changes what can be done about an insight, with a reason')
  change(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('insight') insight: string,
    @Body({ schema: ChangeStatus }) body: z.infer<typeof ChangeStatus>,
  ) {
    const words = { type: 'ChangeInsightStatus', insight, ...body } as const;
    return this.commands.onProject(call, project, () => committed(words, 'reason', 'owner'), insight);
  }

  @Post(':insight/summaries')
  @Does('summary.write', 'Writes a plain summary of an insight')
  write(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('insight') insight: string,
    @Body({ schema: WriteSummary }) { text }: z.infer<typeof WriteSummary>,
  ) {
    const words = { type: 'WriteSummary', insight, text, words: wordsIn(text) } as const;
    return this.commands.onProject(call, project, () => committed(words, 'text'), insight);
  }

  @Post(':insight/summaries/approval')
  @Does('summary.write', 'Approves the latest plain summary, by a practitioner who did not write it')
  approve(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('insight') insight: string,
    @Body({ schema: ApproveSummary }) { version }: z.infer<typeof ApproveSummary>,
  ) {
    const command = { type: 'ApproveSummary', insight, version } as const;
    return this.commands.onProject(call, project, () => ({ command }), insight);
  }
}

/** Words as people count them, in any script that separates words or whose words the platform knows. */
function wordsIn(text: string): number {
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text);
  return [...segments].filter((segment) => segment.isWordLike).length;
}

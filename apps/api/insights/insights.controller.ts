// Insights: what was learned and what can be done about it, each with a practitioner and a researcher as authors.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { INSIGHT_STATUSES } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, LocalId, PersonId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { InsightShown, pageOf } from '../http/shown';

const RecordInsight = z.strictObject({
  status: z.enum(INSIGHT_STATUSES),
  text: FreeText,
  authors: z.array(PersonId).min(1).max(20),
  analyses: z.array(LocalId).max(50),
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
    @Body({ schema: RecordInsight }) { text: words, ...insight }: z.infer<typeof RecordInsight>,
  ) {
    const text = commitText(words);
    const command = { type: 'RecordInsight', ...insight, text: text.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [text] }));
  }

  @Get()
  @Shows('project.read', 'Lists the insights', pageOf(InsightShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const { programme, project } = worldOf(call);
    return slice(
      project.insights.map(({ text, authors, ...rest }) => ({
        ...rest,
        ...{ text: said(text), authors: authors.map((id) => person(programme, id)) },
      })),
      query,
    );
  }
}

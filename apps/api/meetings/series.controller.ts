// A programme's series of meetings: planned once, called one after the other by the engine.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Apart } from '../evidence/bodies';
import { Because } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { said } from '../http/said';
import { pageOf } from '../http/shown';
import { Calling, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { PlanSeries, SeriesShown } from './bodies';

@ApiTags('meetings')
@Controller('programmes/:programme/meeting-series')
export class SeriesController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does(
    'meeting.convene',
    'Plans a series of meetings of the core team, every fortnight unless said otherwise',
  )
  plan(@Calling() call: Call, @Body({ schema: PlanSeries }) body: z.infer<typeof PlanSeries>) {
    const { take, texts } = new Apart();
    const command = {
      ...{ type: 'PlanMeetingSeries' as const, ...body },
      ...{ title: take(body.title), place: take(body.place) },
    };
    return this.commands.onProgramme(call, programmeOf(call).id, () => ({ command, texts }));
  }

  @Get()
  @Shows('meeting.read', 'Lists the series', pageOf(SeriesShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = Object.values(programmeOf(call).series);
    return slice(
      all.map((series) => ({ ...series, title: said(series.title), place: said(series.place) })),
      query,
    );
  }

  @Post(':series/end')
  @Does('meeting.convene', 'Ends a series and cancels what of it is still to come')
  end(
    @Calling() call: Call,
    @Param('series') series: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const { take, texts } = new Apart();
    const command = { type: 'EndMeetingSeries', series, reason: take(body.reason) } as const;
    return this.commands.onProgramme(call, programmeOf(call).id, () => ({ command, texts }), series);
  }
}

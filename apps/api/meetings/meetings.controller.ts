// Meetings of a programme or a project: called, moved, cancelled, prepared, attended.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { agendaOf } from '#libs/domain';
import type { Meeting, Pack } from '#libs/domain';
import { z } from 'zod';
import { Apart } from '../evidence/bodies';
import { Because } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { pageOf } from '../http/shown';
import { Calling, notFound, programmeOf, streamOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { agendaView } from './agenda.view';
import {
  AgendaShown,
  Attendance,
  CallMeeting,
  MeetingShown,
  meetingView,
  MoveMeeting,
  Summary,
} from './bodies';
import { Worlds } from './worlds';

@ApiTags('meetings')
@Controller(['projects/:project/meetings', 'programmes/:programme/meetings'])
export class MeetingsController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
    private readonly worlds: Worlds,
  ) {}

  @Post()
  @Does('meeting.convene', 'Calls an ad hoc meeting; those invited get a mail with a calendar entry')
  call(@Calling() call: Call, @Body({ schema: CallMeeting }) body: z.infer<typeof CallMeeting>) {
    const { take, texts } = new Apart();
    const command = {
      ...{ type: 'CallMeeting' as const, ...body },
      ...{ title: take(body.title), place: take(body.place) },
    };
    return this.commands.onStream(call, { command, texts });
  }

  @Get()
  @Shows('meeting.read', 'Lists the meetings', pageOf(MeetingShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = Object.values(streamOf(call).meetings);
    return slice(
      all.map((meeting) => meetingView(programmeOf(call), meeting, call.now)),
      query,
    );
  }

  @Get(':meeting')
  @Shows('meeting.read', 'Shows a meeting', MeetingShown)
  show(@Calling() call: Call, @Param('meeting') id: string) {
    return meetingView(programmeOf(call), meetingIn(call, id), call.now);
  }

  @Post(':meeting/time')
  @Does('meeting.convene', 'Moves a meeting; calendars are told')
  move(
    @Calling() call: Call,
    @Param('meeting') meeting: string,
    @Body({ schema: MoveMeeting }) body: z.infer<typeof MoveMeeting>,
  ) {
    const { take, texts } = new Apart();
    const command = { type: 'MoveMeeting' as const, meeting, ...body, place: take(body.place) };
    return this.commands.onStream(call, { command, texts }, meeting);
  }

  @Post(':meeting/cancellation')
  @Does('meeting.convene', 'Cancels a meeting; calendars are told')
  cancel(
    @Calling() call: Call,
    @Param('meeting') meeting: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const { take, texts } = new Apart();
    const command = { type: 'CancelMeeting', meeting, reason: take(body.reason) } as const;
    return this.commands.onStream(call, { command, texts }, meeting);
  }

  @Post(':meeting/summary')
  @Does('meeting.convene', 'Writes the plain summary for the pack, until the pack goes out')
  summarise(
    @Calling() call: Call,
    @Param('meeting') meeting: string,
    @Body({ schema: Summary }) body: z.infer<typeof Summary>,
  ) {
    const { take, texts } = new Apart();
    const command = { type: 'SummarisePack', meeting, text: take(body.text) } as const;
    return this.commands.onStream(call, { command, texts }, meeting);
  }

  @Post(':meeting/attendance')
  @Does('meeting.convene', 'Records who attended, once it has begun; corrected until minutes rest on it')
  attend(
    @Calling() call: Call,
    @Param('meeting') meeting: string,
    @Body({ schema: Attendance }) body: z.infer<typeof Attendance>,
  ) {
    const command = { type: 'RecordAttendance', meeting, ...body } as const;
    return this.commands.onStream(call, { command }, meeting);
  }

  @Get(':meeting/agenda')
  @Shows('meeting.read', 'Shows the agenda as it stands now, built from what is open', AgendaShown)
  async agenda(@Calling() call: Call, @Param('meeting') id: string) {
    const meeting = meetingIn(call, id);
    const [programme, stream] = [programmeOf(call), streamOf(call)];
    const worlds = call.world ? [call.world] : await this.worlds.of(programme.id);
    const agenda = agendaOf(programme, worlds, stream, meeting, call.now);
    const summary = meeting.summary?.text ?? null;
    return agendaView(call, worlds, { meeting: id, startsAt: meeting.startsAt, summary, ...agenda });
  }

  @Get(':meeting/pack')
  @Shows('meeting.read', 'Shows the pack as it went out', AgendaShown)
  async pack(@Calling() call: Call, @Param('meeting') id: string) {
    const meeting = meetingIn(call, id);
    if (meeting.pack === null)
      fail(
        404,
        'NO_PACK_YET',
        `The pack goes out at ${meeting.packDue}.`,
        'GET …/agenda shows what is open now.',
      );
    const bytes = await this.handle.ledger.content(meeting.pack.content);
    if (bytes === null) fail(404, 'ERASED', 'The pack was erased.', 'The ledger keeps its digest.');
    const worlds = call.world ? [call.world] : await this.worlds.of(programmeOf(call).id);
    return agendaView(call, worlds, JSON.parse(bytes.toString('utf8')) as Pack);
  }
}

const meetingIn = (call: Call, id: string): Meeting => streamOf(call).meetings[id] ?? notFound('meeting', id);

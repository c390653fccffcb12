// Projects: starting, overview, suspension and closing.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PROJECT_STATUSES } from '#libs/domain';
import { commitText, newId, projectsOf, readLog } from '#libs/ledger';
import { z } from 'zod';
import { Because, Line, Nothing, PersonId, ProgrammeId } from '../http/fields';
import { cursorTo, keyOf, PageQuery, PROJECT_KEY } from '../http/pages';
import { person, said } from '../http/said';
import { askerOf, WaitingForMe } from '../accounts/waiting';
import { Calling, programmeOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { Undeliverable } from '../people/undeliverable';
import { overview } from './overview';
import { pageOf } from '../http/shown';
import { ProjectListed, ProjectShown } from './shown';

export const StartProject = z.strictObject({ programme: ProgrammeId, title: Line });
export const ListQuery = PageQuery.extend({
  programme: ProgrammeId.optional(),
  status: z.enum(PROJECT_STATUSES).optional(),
  lead: PersonId.optional().describe('Led by this person.'),
  waiting: z.literal('me').optional().describe('Only where something waits for you or your organisation.'),
});

@ApiTags('projects')
@Controller('projects')
export class ProjectsController {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly commands: Commands,
    private readonly waiting: WaitingForMe,
    private readonly undeliverable: Undeliverable,
  ) {}

  @Post()
  @Does('project.start', 'Starts a project in your programme')
  start(@Calling() call: Call, @Body({ schema: StartProject }) body: z.infer<typeof StartProject>) {
    ownProgramme(call, body.programme);
    const title = commitText(body.title);
    const id = newId('prj');
    const command = { type: 'StartProject', programme: body.programme, title: title.commitment } as const;
    return this.commands.startProject(call, body.programme, id, { command, texts: [title] });
  }

  @Get()
  @Shows(
    'project.list',
    'Lists the projects of your programme, those in a shock first',
    pageOf(ProjectListed),
  )
  async list(@Calling() call: Call, @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>) {
    const programme = query.programme ?? call.account.programme;
    if (programme === null) return { items: [], next: null };
    ownProgramme(call, programme);
    const state = programmeOf(call);
    const asked = { after: keyOf(query.cursor, PROJECT_KEY), limit: query.limit };
    const page = await projectsOf(this.handle.source, programme, asked, {
      ...{ status: query.status, lead: query.lead },
      waitingFor: query.waiting === undefined ? undefined : askerOf(call),
    });
    // The read models say where something may wait; a page may hold fewer than were asked for.
    const waiting =
      query.waiting === undefined
        ? null
        : await this.waiting.among(
            call,
            page.items.map(({ id }) => id),
          );
    const shown = page.items.filter(({ id }) => waiting?.has(id) ?? true);
    const items = shown.map((project) => ({
      ...project,
      title: said(project.title),
      lead: person(state, project.lead),
    }));
    return { items, next: page.next === null ? null : cursorTo(page.next) };
  }

  @Get(':project')
  @Shows(
    'project.read',
    'Shows a project: stages, whose move it is and since when, gates, refusals',
    ProjectShown,
  )
  async show(@Calling() call: Call) {
    const { programme, project } = worldOf(call);
    const [comesBack, found] = await Promise.all([
      this.undeliverable.of(programme.id),
      readLog(this.handle.source).closures(project.id),
    ]);
    const closures = found.map(({ kind, at }) => ({ kind, since: at }));
    return { ...overview(call, comesBack), closures };
  }

  @Post(':project/suspension')
  @Does('project.steer', 'Suspends the project; deadlines stop, expiries do not')
  suspend(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = { type: 'SuspendProject', reason: reason.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [reason] }));
  }

  @Post(':project/resumption')
  @Does('project.steer', 'Resumes the project; each deadline moves by the time suspended')
  resume(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    return this.commands.onProject(call, project, () => ({ command: { type: 'ResumeProject' } }));
  }

  @Post(':project/closure')
  @Does('project.steer', 'Closes the project with a reason')
  close(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = { type: 'CloseProject', reason: reason.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [reason] }));
  }
}

function ownProgramme(call: Call, programme: string): void {
  if (call.account.programme !== programme) {
    fail(
      404,
      'NOT_FOUND',
      `There is no programme ${programme} that you can see.`,
      'GET /programmes lists yours.',
    );
  }
}

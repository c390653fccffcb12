// How we worked, across a programme: the second part of every signed reflection, collected from its projects.
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { roundAbout, settledProposal } from '#libs/domain';
import { projectsOf } from '#libs/ledger';
import { z } from 'zod';
import { cursorTo, keyOf, PageQuery, PROJECT_KEY } from '../http/pages';
import { said } from '../http/said';
import { Erasable, pageOf } from '../http/shown';
import { Calling, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Shows } from '../policy/does';
import { HowWeWorked } from './reflections.controller';

const WorkingShown = z.object({
  ...{ project: z.string(), title: Erasable, cycle: z.string(), reflection: z.string(), at: z.string() },
  working: z.union([z.string(), HowWeWorked]).nullable().describe('Null once erased.'),
});

@ApiTags('reflections')
@Controller('programmes/:programme/working')
export class WorkingController {
  constructor(private readonly handle: LedgerHandle) {}

  @Get()
  @Shows(
    'programme.read',
    'Collects how we worked from the signed reflections, a page of projects at a time',
    pageOf(WorkingShown),
  )
  async list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const page = { after: keyOf(query.cursor, PROJECT_KEY), limit: query.limit };
    const projects = await projectsOf(this.handle.source, programmeOf(call).id, page);
    const found = await Promise.all(projects.items.map(({ id }) => this.ofProject(id)));
    return { items: found.flat(), next: projects.next === null ? null : cursorTo(projects.next) };
  }

  private async ofProject(id: string) {
    const { world, now } = await this.handle.ledger.world(id);
    const { project } = world;
    const settled = project.cycles.flatMap((cycle) => {
      const reflection = settledProposal(world, cycle, 'reflection', now);
      const round = reflection && roundAbout(project.checkpoints, 'REFLECTION', reflection);
      return reflection && round ? [{ cycle: cycle.id, reflection, round }] : [];
    });
    return Promise.all(
      settled.map(async ({ cycle, reflection, round }) => ({
        ...{ project: id, title: said(project.title), cycle, reflection, at: round.openedAt },
        working: await this.working(round.content.core),
      })),
    );
  }

  private async working(core: string): Promise<unknown> {
    const bytes = await this.handle.ledger.content(core);
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as { working?: unknown }).working;
  }
}

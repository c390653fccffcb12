// Reflections: the issue, and how we worked; the cycle's interpretations and insights are part of what is signed.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { currentCycle, roundAbout, roundStatus } from '#libs/domain';
import type { ProjectState } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { z } from 'zod';
import { FreeText } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { said } from '../http/said';
import { Words } from '../http/words';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { ReflectionShown } from '../cycles/shown';
import { pageOf } from '../http/shown';

export const HowWeWorked = z.strictObject({
  ...{ access: FreeText, cost: FreeText, trust: FreeText, notHeard: FreeText },
});
export const ProposeReflection = z.strictObject({
  issue: FreeText,
  working: z
    .union([FreeText, HowWeWorked])
    .describe('How we worked: access, cost, trust, who was not heard; in one text or in four.'),
  summary: FreeText,
});

@ApiTags('reflections')
@Controller('projects/:project/reflections')
export class ReflectionsController {
  constructor(
    private readonly commands: Commands,
    private readonly words: Words,
  ) {}

  @Post()
  @Does('reflection.propose', 'Puts the reflection of the open cycle up for sign-off')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeReflection }) { issue, working, summary }: z.infer<typeof ProposeReflection>,
  ) {
    return this.commands.onProject(call, project, async (world) => {
      const found = await this.words.of(contributions(world.project));
      const core = { kind: 'REFLECTION', issue, working, ...found };
      const { content, contents } = signContent(core, { summary });
      return { command: { type: 'ProposeReflection', content }, contents };
    });
  }

  @Get()
  @Shows('project.read', 'Lists the reflections of every cycle', pageOf(ReflectionShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const { programme, project } = worldOf(call);
    const all = project.cycles.flatMap((cycle) => cycle.reflections.map((r) => ({ ...r, cycle: cycle.id })));
    const status = (id: string) => {
      const round = roundAbout(project.checkpoints, 'REFLECTION', id);
      return round === null ? null : roundStatus(programme, 'REFLECTION', round, call.now);
    };
    return slice(
      all.map((reflection) => ({ ...reflection, status: status(reflection.id) })),
      query,
    );
  }
}

function contributions(project: ProjectState) {
  const cycle = currentCycle(project)?.id ?? null;
  return {
    cycle,
    interpretations: project.interpretations
      .filter((i) => i.cycle === cycle)
      .map(({ person, as, text, misreading }) => ({
        person,
        as,
        text: said(text),
        misreading: said(misreading),
      })),
    insights: project.insights
      .filter((i) => i.cycle === cycle)
      .map(({ id, status, authors, analyses, text }) => ({
        id,
        status,
        authors,
        analyses,
        text: said(text),
      })),
    // B50: what became of earlier actions, as said in this cycle.
    actions: Object.values(project.actions).flatMap(({ id, what, reports }) =>
      reports
        .filter((report) => report.cycle === cycle)
        .map((report) => ({ id, what: said(what), status: report.status, report: said(report.text) })),
    ),
  };
}

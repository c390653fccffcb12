// Refinements: how a cycle ends, and what comes next, with reasons.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { currentCycle, NEXT_STEPS, roundAbout, roundStatus } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { z } from 'zod';
import { FreeText } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { RefinementShown, pageOf } from '../http/shown';

const ProposeRefinement = z.strictObject({
  next: z.enum(NEXT_STEPS),
  reasons: FreeText,
  proposal: FreeText.describe('What exactly comes next.'),
  summary: FreeText,
});

@ApiTags('refinements')
@Controller('projects/:project/refinements')
export class RefinementsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('refinement.propose', 'Puts up for sign-off what comes next')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeRefinement })
    { next, reasons, proposal, summary }: z.infer<typeof ProposeRefinement>,
  ) {
    return this.commands.onProject(call, project, (world) => {
      const cycle = currentCycle(world.project)?.id ?? null;
      const { content, contents } = signContent(
        { kind: 'REFINEMENT', cycle, next, reasons, proposal },
        { summary },
      );
      return { command: { type: 'ProposeRefinement', content, next }, contents };
    });
  }

  @Get()
  @Shows('project.read', 'Lists the refinements of every cycle', pageOf(RefinementShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const { programme, project } = worldOf(call);
    const all = project.cycles.flatMap((cycle) => cycle.refinements.map((r) => ({ ...r, cycle: cycle.id })));
    const status = (id: string) => {
      const round = roundAbout(project.checkpoints, 'REFINEMENT', id);
      return round === null ? null : roundStatus(programme, 'REFINEMENT', round, call.now);
    };
    return slice(
      all.map((refinement) => ({ ...refinement, status: status(refinement.id) })),
      query,
    );
  }
}

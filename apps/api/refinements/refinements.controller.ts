// Refinements: how a cycle ends, and what comes next, with reasons.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { actionsOf, currentCycle, NEXT_STEPS, roundAbout, roundStatus } from '#libs/domain';
import type { World } from '#libs/domain';
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
import { RefinementShown } from '../cycles/shown';
import { pageOf } from '../http/shown';

export const ProposeRefinement = z.strictObject({
  next: z.enum(NEXT_STEPS),
  reasons: FreeText,
  proposal: FreeText.describe('What exactly comes next.'),
  summary: FreeText,
});

@ApiTags('refinements')
@Controller('projects/:project/refinements')
export class RefinementsController {
  constructor(
    private readonly commands: Commands,
    private readonly words: Words,
  ) {}

  @Post()
  @Does('refinement.propose', 'Puts up for sign-off what comes next')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeRefinement })
    { next, reasons, proposal, summary }: z.infer<typeof ProposeRefinement>,
  ) {
    return this.commands.onProject(call, project, async (world) => {
      const cycle = currentCycle(world.project)?.id ?? null;
      const actions = await this.words.of(planned(world, cycle));
      const { content, contents } = signContent(
        { kind: 'REFINEMENT', cycle, next, reasons, proposal, ...(actions.length > 0 ? { actions } : {}) },
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

/** The cycle's actions: what they rest on and who owns them is part of what is signed. */
const planned = ({ project }: World, cycle: string | null) =>
  actionsOf(project, cycle ?? '').map(({ id, owner, due, insights, analyses, ...action }) => ({
    ...{ id, owner, due, insights, analyses, what: said(action.what), effect: said(action.effect) },
    evidence: said(action.evidence),
  }));

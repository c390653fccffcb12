// Findings somebody asked for, with what they hoped for and what was made of them; and findings nobody used.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DEMAND_STATUSES, demandStatus, HOPES, unusedFindings } from '#libs/domain';
import { z } from 'zod';
import { committed } from '../http/committed';
import { FreeText, LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { organisation, person, said } from '../http/said';
import { Erasable, Named, pageOf } from '../http/shown';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const Ask = z.strictObject({
  ...{ text: FreeText, hope: z.enum(HOPES).describe('Whether confirmation is hoped for, or an answer.') },
  hypothesis: LocalId.nullable().default(null),
});
export const Meet = z.strictObject({ analysis: LocalId });
const DemandShown = z.object({
  ...{ id: z.string(), person: Named, organisation: Named, text: Erasable, hope: z.enum(HOPES) },
  ...{ hypothesis: z.string().nullable(), at: z.string(), status: z.enum(DEMAND_STATUSES) },
  analyses: z.array(z.string()),
});
const UnusedShown = z.object({
  ...{ id: z.string(), cycle: z.string(), method: z.string(), hypothesis: Erasable },
  demands: z.array(z.string()).describe('Those who asked for it.'),
});

@ApiTags('demands')
@Controller('projects/:project')
export class DemandsController {
  constructor(private readonly commands: Commands) {}

  @Post('demands')
  @Does('demand.speak', 'Asks for a finding, saying what is hoped for')
  ask(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Ask }) body: z.infer<typeof Ask>,
  ) {
    const words = { type: 'AskForFinding', ...body } as const;
    return this.commands.onProject(call, project, () => committed(words, 'text'));
  }

  @Get('demands')
  @Shows('project.read', 'Lists the findings asked for, and whether they were used', pageOf(DemandShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      world.project.demands.map((demand) => ({
        ...{ id: demand.id, hope: demand.hope, hypothesis: demand.hypothesis, at: demand.at },
        ...{ person: person(world.programme, demand.person), text: said(demand.text) },
        organisation: organisation(world.programme, demand.organisation),
        status: demandStatus(world, demand, call.now),
        analyses: demand.met.map(({ analysis }) => analysis),
      })),
      query,
    );
  }

  @Post('demands/:demand/answers')
  @Does('demand.speak', 'Names the analysis that gives what was asked for')
  meet(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('demand') demand: string,
    @Body({ schema: Meet }) { analysis }: z.infer<typeof Meet>,
  ) {
    const command = { type: 'MeetDemand', demand, analysis } as const;
    return this.commands.onProject(call, project, () => ({ command }), demand);
  }

  @Get('unused-findings')
  @Shows('project.read', 'Lists checked results that no insight or action rests on', pageOf(UnusedShown))
  unused(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      unusedFindings(world, call.now).map(({ id, cycle, method, hypothesis }) => ({
        ...{ id, cycle, method, hypothesis: said(hypothesis) },
        demands: world.project.demands
          .filter(({ met }) => met.some(({ analysis }) => analysis === id))
          .map((demand) => demand.id),
      })),
      query,
    );
  }
}

// Actions: who does what by when, expecting what, on what evidence; and what became of it.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ACTION_STATUSES, actionStatus } from '#libs/domain';
import { z } from 'zod';
import { committed } from '../http/committed';
import { DayField, FreeText, LocalId, PersonId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { organisation, person, said } from '../http/said';
import { Erasable, Named, pageOf } from '../http/shown';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const Plan = z.strictObject({
  ...{ what: FreeText, owner: PersonId, due: DayField, effect: FreeText.describe('What is expected of it.') },
  ...{ insights: z.array(LocalId).max(50).default([]), analyses: z.array(LocalId).max(50).default([]) },
  evidence: FreeText.nullable().default(null).describe('What else stands behind it.'),
});
export const Report = z.strictObject({ status: z.enum(ACTION_STATUSES), text: FreeText });
const Status = z.enum(ACTION_STATUSES);
const ActionShown = z.object({
  ...{ id: z.string(), cycle: z.string(), status: Status, person: Named, owner: Named, organisation: Named },
  ...{ due: z.string(), what: Erasable, effect: Erasable, evidence: Erasable, at: z.string() },
  ...{ insights: z.array(z.string()), analyses: z.array(z.string()) },
  reports: z.array(
    z.object({ cycle: z.string(), person: Named, status: Status, text: Erasable, at: z.string() }),
  ),
});

@ApiTags('actions')
@Controller('projects/:project/actions')
export class ActionsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('action.speak', 'Records an action with the refinement that is being drafted')
  plan(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Plan }) body: z.infer<typeof Plan>,
  ) {
    const words = { type: 'PlanAction', ...body } as const;
    return this.commands.onProject(call, project, () => committed(words, 'what', 'effect', 'evidence'));
  }

  @Post(':action/reports')
  @Does('action.speak', 'Says what became of an action')
  report(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('action') action: string,
    @Body({ schema: Report }) body: z.infer<typeof Report>,
  ) {
    const words = { type: 'ReportAction', action, ...body } as const;
    return this.commands.onProject(call, project, () => committed(words, 'text'), action);
  }

  @Get()
  @Shows('project.read', 'Lists the actions and what became of them', pageOf(ActionShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const { programme, project } = worldOf(call);
    const name = (id: string) => person(programme, id);
    return slice(
      Object.values(project.actions).map((action) => ({
        ...{
          ...action,
          status: actionStatus(action),
          owner: name(action.owner),
          person: name(action.person),
        },
        ...{ what: said(action.what), effect: said(action.effect), evidence: said(action.evidence) },
        organisation: organisation(programme, action.organisation),
        reports: action.reports.map((report) => ({
          ...{ ...report, person: name(report.person), text: said(report.text) },
        })),
      })),
      query,
    );
  }
}

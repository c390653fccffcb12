// Incidents: recorded by anybody, with the 72 hours to the report running from when it was known (B53).
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { INCIDENT_OUTCOMES, incidentStatus } from '#libs/domain';
import type { Incident } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, InstantField } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { IncidentShown } from '../http/shown-safeguards';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const IncidentIn = z.strictObject({
  what: FreeText,
  awareAt: InstantField.describe('When somebody became aware.'),
});
export const Report = z.strictObject({
  outcome: z.enum(INCIDENT_OUTCOMES),
  text: FreeText.describe('The reference it was reported under, or why it need not be reported.'),
  delay: FreeText.optional().describe('Why it comes after 72 hours.'),
});

@ApiTags('incidents')
@Controller('projects/:project/incidents')
export class IncidentsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('incident.record', 'Records an incident; its clock runs from when it was known')
  record(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: IncidentIn }) { what: words, awareAt }: z.infer<typeof IncidentIn>,
  ) {
    const what = commitText(words);
    const command = { type: 'RecordIncident', what: what.commitment, awareAt } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [what] }));
  }

  @Get()
  @Shows('project.read', 'Lists the incidents with where their clocks stand', pageOf(IncidentShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      worldOf(call).project.incidents.map((incident) => incidentView(call, incident)),
      query,
    );
  }

  @Post(':incident/report')
  @Does('incident.report', 'Says that the incident was reported, or why it need not be')
  report(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('incident') incident: string,
    @Body({ schema: Report }) body: z.infer<typeof Report>,
  ) {
    const text = commitText(body.text);
    const delay = body.delay === undefined ? null : commitText(body.delay);
    const said = { text: text.commitment, delay: delay?.commitment ?? null };
    const command = { type: 'ReportIncident', incident, outcome: body.outcome, ...said } as const;
    const texts = delay === null ? [text] : [text, delay];
    return this.commands.onProject(call, project, () => ({ command, texts }), incident);
  }
}

function incidentView(call: Call, incident: Incident) {
  const { programme } = worldOf(call);
  const { id, awareAt, due, at, reminders, reported } = incident;
  return {
    ...{ id, awareAt, due, at, status: incidentStatus(incident, call.now) },
    ...{ person: person(programme, incident.person), what: said(incident.what), reminders },
    reported: reported && {
      ...{ person: person(programme, reported.person), outcome: reported.outcome, at: reported.at },
      ...{ text: said(reported.text), delay: said(reported.delay) },
    },
  };
}

// Incidents and their clock: seventy-two hours from becoming aware to the report, or a reason why none is needed.
import type { Handler, Handlers } from '../decide/context';
import { accept, acting, nextId, onlyProcess } from '../decide/context';
import { refuse } from '../refusal';
import { plus } from '../rules/time';
import { INCIDENT_HOURS, incidentReminderDue } from './rules';

const HOUR = 60 * 60 * 1000;

const recordIncident: Handler<'RecordIncident'> = (context, { what, awareAt }) => {
  const by = acting(context);
  if (!by.ok) return by;
  if (awareAt > context.now)
    return refuse(
      'INVALID',
      'AWARE_LATER',
      'nobody is aware of an incident before it is recorded',
      'give the time in the past',
    );
  const due = plus(awareAt, INCIDENT_HOURS * HOUR);
  return accept({
    type: 'IncidentRecorded',
    data: { incident: nextId(context, 'in'), person: by.person, what, awareAt, due },
  });
};

const reportIncident: Handler<'ReportIncident'> = (context, command) => {
  const by = acting(context, ['informationRiskOwner', 'dataProtectionOfficer', 'projectLead']);
  if (!by.ok) return by;
  const incident = context.world.project.incidents.find((i) => i.id === command.incident);
  if (!incident)
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_INCIDENT',
      `there is no incident ${command.incident}`,
      'check the id',
    );
  // Reporting later what was first thought not reportable stays possible; taking a report back does not.
  if (
    incident.reported &&
    !(incident.reported.outcome === 'NOT_REPORTABLE' && command.outcome === 'REPORTED')
  )
    return refuse(
      'CONFLICT',
      'REPORTED',
      `the incident is ${incident.reported.outcome}`,
      'nothing needs to be done',
    );
  const isLate = context.now > incident.due;
  if (isLate && command.delay === null)
    return refuse(
      'INVALID',
      'DELAY',
      `this comes after ${incident.due}, ${INCIDENT_HOURS} hours after it was known`,
      'say why it comes late',
    );
  if (!isLate && command.delay !== null)
    return refuse('INVALID', 'DELAY', 'this is in time', 'leave the reason for a delay out');
  return accept({ type: 'IncidentReported', data: { ...command, person: by.person } });
};

const keepIncidentTime: Handler<'KeepIncidentTime'> = (context) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const { world, now } = context;
  const due = world.project.incidents.flatMap((incident) => {
    const hoursLeft = incidentReminderDue(incident, now);
    return hoursLeft === null
      ? []
      : [{ type: 'IncidentReminded' as const, data: { incident: incident.id, hoursLeft } }];
  });
  return accept(...due);
};

export const incidentHandlers: Pick<Handlers, 'RecordIncident' | 'ReportIncident' | 'KeepIncidentTime'> = {
  RecordIncident: recordIncident,
  KeepIncidentTime: keepIncidentTime,
  ReportIncident: reportIncident,
};

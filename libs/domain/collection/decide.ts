// Commands of a collection: planned, begun once freshly signed for, its responses reported.
import type { Handler, Handlers } from '../decide/context';
import { accept, acting, nextId, underAgreement } from '../decide/context';
import { refuse } from '../refusal';
import { boundaryInForce } from '../rules/boundary';
import { currentCycle } from '../rules/stages';
import type { Instant } from '../words';
import { collectionStatus, fieldsOfInstrument, whyNotBegin } from './rules';
import type { Collection, CollectionCommands, CollectionPlan, Responses } from './terms';

/** What a plan contradicts in itself, in words. */
function flawsOfPlan(plan: CollectionPlan, now: Instant): string[] {
  const fields = fieldsOfInstrument(plan);
  const { opens, closes, leaveBy } = plan;
  return [
    ...(plan.instrument.length === 0 ? ['the instrument names no scale'] : []),
    ...plan.instrument.filter((s) => s.fields.length === 0).map((s) => `the scale "${s.name}" has no field`),
    ...fields.filter((f, i) => fields.indexOf(f) !== i).map((f) => `the field "${f}" is of two scales`),
    ...(plan.invited === plan.eligible
      ? []
      : [`everyone is invited: ${plan.eligible} people, and not ${plan.invited}`]),
    ...(plan.eligible < 1 ? ['nobody is eligible'] : []),
    ...(now <= opens && opens < closes && closes <= leaveBy
      ? []
      : ['it opens from now on, closes after that, and people may leave until then at least']),
  ];
}

const planCollection: Handler<'PlanCollection'> = (context, command) => {
  const by = acting(context, ['projectLead', 'researcher']);
  if (!by.ok) return by;
  const under = underAgreement(context);
  if (!under.ok) return under;
  const { programme, project } = context.world;
  const cycle = currentCycle(project);
  if (!cycle) return refuse('CONFLICT', 'NO_CYCLE', 'no cycle has been started', 'start a cycle first');
  if (!programme.organisations[command.collector])
    return refuse(
      'INVALID',
      'UNKNOWN_ORGANISATION',
      `the organisation ${command.collector} is unknown`,
      'add it to the programme first',
    );
  const flaws = flawsOfPlan(command, context.now);
  if (flaws.length > 0)
    return refuse('INVALID', 'COLLECTION_PLAN', flaws.join('; '), 'correct the plan and send it again');
  const collection = nextId(context, 'co');
  return accept({ type: 'CollectionPlanned', data: { collection, cycle: cycle.id, ...command } });
};

const unknown = (id: string) =>
  refuse('NOT_FOUND', 'UNKNOWN_COLLECTION', `there is no collection ${id}`, 'check the id');

const beginCollection: Handler<'BeginCollection'> = (context, { collection: id }) => {
  const by = acting(context, ['projectLead']);
  if (!by.ok) return by;
  const { world, now } = context;
  const collection = world.project.collections.find((c) => c.id === id);
  if (!collection) return unknown(id);
  const status = collectionStatus(collection, now);
  if (status !== 'PLANNED')
    return refuse('CONFLICT', 'COLLECTION_STATUS', `the collection is ${status}`, 'plan another one');
  const why = whyNotBegin(world, collection, now);
  if (why !== null)
    return refuse(
      'CONFLICT',
      'FRESH_BOUNDARY',
      why,
      'amend the boundary for this collection and have LEGAL and ETHICAL signed afresh',
    );
  const boundary = boundaryInForce(world, now)?.id ?? '';
  return accept({ type: 'CollectionBegun', data: { collection: id, boundary } });
};

/** What a report contradicts, in words; a group below the threshold would be shown by the caveat. */
function flawsOfReport({ invited, linkConsent }: Collection, report: Responses, threshold: number): string[] {
  const { responded, linkConsented, optedOut, left, compared } = report;
  const silent = invited - responded;
  const isSmall = (part: number, of: number): boolean =>
    [part, of - part].some((n) => n > 0 && n < threshold);
  return [
    ...(responded > invited ? [`${responded} responded of ${invited} invited`] : []),
    ...(linkConsented > responded ? [`${linkConsented} consented of ${responded} who responded`] : []),
    ...(linkConsent === null && linkConsented > 0 ? ['nobody was asked to consent to a link'] : []),
    ...(optedOut > silent ? [`${optedOut} opted out of ${silent} who did not respond`] : []),
    ...(left > responded ? [`${left} left of ${responded} who responded`] : []),
    ...(compared.length === 0 ? ['responders are compared with non-responders in something'] : []),
    ...compared.flatMap(({ characteristic, responders, nonResponders }) => [
      ...(responders > responded || nonResponders > silent
        ? [`more people show "${characteristic}" than there are`]
        : []),
      ...(isSmall(responders, responded) || isSmall(nonResponders, silent)
        ? [`a group by "${characteristic}" is smaller than ${threshold}`]
        : []),
    ]),
  ];
}

const reportResponses: Handler<'ReportResponses'> = (context, command) => {
  const by = acting(context, ['dataHolder', 'dataCustodian', 'researcher']);
  if (!by.ok) return by;
  const under = underAgreement(context);
  if (!under.ok) return under;
  const collection = context.world.project.collections.find((c) => c.id === command.collection);
  if (!collection) return unknown(command.collection);
  if (by.organisation !== collection.collector)
    return refuse(
      'FORBIDDEN',
      'NOT_THE_COLLECTOR',
      `only ${collection.collector} reports who responded`,
      'ask the collector',
    );
  const status = collectionStatus(collection, context.now);
  if (status !== 'CLOSED')
    return refuse(
      'CONFLICT',
      'COLLECTION_STATUS',
      `the collection is ${status}`,
      'report once, after it closed',
    );
  const flaws = flawsOfReport(collection, command, under.agreement.rules.frequencyThreshold);
  return flaws.length > 0
    ? refuse('INVALID', 'RESPONSES', flaws.join('; '), 'correct the figures, or compare in coarser groups')
    : accept({ type: 'ResponsesReported', data: { ...command, person: by.person } });
};

export const collectionHandlers: Pick<Handlers, keyof CollectionCommands> = {
  PlanCollection: planCollection,
  BeginCollection: beginCollection,
  ReportResponses: reportResponses,
};

// Commands that carry a cycle through its signed stages: boundary, reflection, refinement.
import { actionsUnaccounted, noAction } from '../actions/decide';
import { rivalsUntried } from '../hypotheses/decide';
import { refuse } from '../refusal';
import type { ProjectState } from '../state';
import type { BoundaryScope, Subject } from '../terms';
import type { NextStep } from '../words';
import { PRACTITIONERS } from '../words';
import { exposedOf, holdersOf } from '../rules/boundary';
import { isCycleSettled, settledProposal, stageStatus } from '../rules/stages';
import type { Context, Handler, Handlers, Refused } from './context';
import { accept, acting, atStage, nextId, onlyProcess, underAgreement } from './context';
import { badLegalFile } from '../legal/decide';
import { ask, PROPOSABLE, propose } from './proposing';

const startCycle: Handler<'StartCycle'> = (context, { descendsFrom }) => {
  const lead = acting(context, ['projectLead']);
  if (!lead.ok) return lead;
  const under = underAgreement(context);
  if (!under.ok) return under;
  const { world, now } = context;
  const last = world.project.cycles.at(-1);
  if (last && !isCycleSettled(world, last, now))
    return refuse(
      'CONFLICT',
      'CYCLE_OPEN',
      `cycle ${last.id} is not settled`,
      'one cycle is open at a time; settle its refinement first',
    );
  if (!last && descendsFrom !== null)
    return refuse(
      'INVALID',
      'LINEAGE',
      'the first cycle descends from no reflection',
      'leave descendsFrom out',
    );
  const parent = world.project.cycles.find((c) => c.id === descendsFrom);
  if (last && (!parent || settledProposal(world, parent, 'reflection', now) === null))
    return refuse(
      'INVALID',
      'LINEAGE',
      'a further cycle names the earlier cycle whose reflection it descends from',
      `for example ${last.id}`,
    );
  return accept({ type: 'CycleStarted', data: { cycle: nextId(context, 'c'), descendsFrom } });
};

const announceStage: Handler<'AnnounceStage'> = (context, { cycle: id, stage }) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const cycle = context.world.project.cycles.find((c) => c.id === id);
  if (!cycle) return refuse('NOT_FOUND', 'UNKNOWN_CYCLE', `there is no cycle ${id}`, 'check the id');
  const status = stageStatus(context.world, cycle, stage, context.now);
  const told = cycle.announced.filter((a) => a.stage === stage).length;
  const reopened = cycle.reopened.filter((r) => r.stage === stage).length;
  // Once per opening: the first and each reopening.
  if (status === 'WAITING' || told > reopened) return accept();
  return accept({ type: 'StageAnnounced', data: { cycle: id, stage, opening: told + 1 } });
};

const proposeBoundary: Handler<'ProposeBoundary'> = (context, { content, scope, legalFile }) => {
  const by = acting(context, ['projectLead', 'researcher', 'policyOfficial']);
  if (!by.ok) return by;
  const obstacle = badScope(context, scope) ?? badLegalFile(context, scope, legalFile);
  if (obstacle) return obstacle;
  const { boundaries } = context.world.project;
  const boundary = nextId(context, 'b');
  const subject: Subject = { type: 'boundary', id: boundary };
  const signing = { holders: holdersOf(scope), exposed: exposedOf(scope) };
  const legal = ask(context, { kind: 'LEGAL', subject, content, proposer: by.person, context: signing });
  const legalSigners = legal.ok
    ? legal.events.flatMap((e) => (e.type === 'CheckpointOpened' ? e.data.asked.map((a) => a.person) : []))
    : [];
  // T7: whoever is asked for LEGAL is not asked for ETHICAL, so that neither can stand in for the other.
  const ethical = ask(context, {
    kind: 'ETHICAL',
    subject,
    content,
    proposer: by.person,
    context: signing,
    excluded: legalSigners,
    taken: isFirst(context) ? 1 : 0,
  });
  return propose(
    {
      type: 'BoundaryProposed',
      data: {
        ...{ boundary, amends: boundaries.at(-1)?.id ?? null, content, scope },
        ...(legalFile === undefined ? {} : { legalFile }),
      },
    },
    legal,
    ethical,
  );
};

const isFirst = ({ world }: Context): boolean => world.project.boundaries.length === 0;

function badScope({ world, now }: Context, scope: BoundaryScope) {
  if (scope.sources.length === 0)
    return refuse(
      'INVALID',
      'NO_SOURCE',
      'a boundary names at least one source',
      'name source, holder and fields',
    );
  if (scope.expires <= now)
    return refuse('INVALID', 'EXPIRED', 'the boundary would already have expired', 'choose a later date');
  const strangers = exposedOf(scope).filter((org) => !world.programme.organisations[org]);
  if (strangers.length > 0)
    return refuse(
      'INVALID',
      'UNKNOWN_ORGANISATION',
      `unknown organisations: ${strangers.join(', ')}`,
      'add them to the programme first',
    );
  const readers = scope.readers.filter((person) => !world.programme.people[person]);
  if (readers.length > 0)
    return refuse(
      'INVALID',
      'UNKNOWN_PERSON',
      `unknown readers: ${readers.join(', ')}`,
      'have them attested first',
    );
  return null;
}

const addInterpretation: Handler<'AddInterpretation'> = (context, command) => {
  const by = acting(context, command.as === 'RESEARCHER' ? ['researcher'] : PRACTITIONERS);
  if (!by.ok) return by;
  const at = atStage(context, 'reflection', PROPOSABLE);
  if (!at.ok) return at;
  const interpretation = nextId(context, 'n');
  return accept({
    type: 'InterpretationAdded',
    data: { interpretation, cycle: at.cycle.id, person: by.person, ...command },
  });
};

/** B49: both kinds of interpretation, and by two people: one who is both does not speak for the other side. */
function uninterpreted({ interpretations }: ProjectState, cycle: string): Refused | null {
  const given = interpretations.filter((n) => n.cycle === cycle);
  const by = (kind: 'PRACTITIONER' | 'RESEARCHER') => given.filter((n) => n.as === kind).map((n) => n.person);
  const [practitioners, researchers] = [by('PRACTITIONER'), by('RESEARCHER')];
  if (practitioners.some((p) => researchers.some((r) => r !== p))) return null;
  const lacking = [
    ...(practitioners.length ? [] : ['practitioner']),
    ...(researchers.length ? [] : ['researcher']),
  ];
  return refuse(
    'CONFLICT',
    'INTERPRETATIONS',
    lacking.length > 0
      ? `no interpretation yet by a ${lacking.join(' and a ')}`
      : 'one person gave both interpretations',
    'a reflection needs both, by two people, each saying how the result could be misread',
  );
}

const proposeReflection: Handler<'ProposeReflection'> = (context, { content }) => {
  const by = acting(context);
  if (!by.ok) return by;
  const at = atStage(context, 'reflection', PROPOSABLE);
  if (!at.ok) return at;
  const oneSided = uninterpreted(context.world.project, at.cycle.id);
  if (oneSided) return oneSided;
  const unaccounted = actionsUnaccounted(context, at.cycle.id);
  if (unaccounted) return unaccounted;
  const reflection = nextId(context, 'f');
  const cycle = at.cycle.id;
  return propose(
    { type: 'ReflectionProposed', data: { reflection, cycle, content } },
    ask(context, {
      kind: 'REFLECTION',
      subject: { type: 'reflection', id: reflection, cycle },
      content,
      proposer: by.person,
    }),
  );
};

/** What some ways to end a cycle need before they can be proposed. */
const ENDING_LACKS: Partial<Record<NextStep, (context: Context, cycle: string) => Refused | null>> = {
  CLOSE: rivalsUntried,
  ACTION: noAction,
};

const proposeRefinement: Handler<'ProposeRefinement'> = (context, { content, next }) => {
  const by = acting(context);
  if (!by.ok) return by;
  const at = atStage(context, 'refinement', PROPOSABLE);
  if (!at.ok) return at;
  const lacking = ENDING_LACKS[next]?.(context, at.cycle.id);
  if (lacking) return lacking;
  const refinement = nextId(context, 'm');
  const cycle = at.cycle.id;
  return propose(
    { type: 'RefinementProposed', data: { refinement, cycle, content, next } },
    ask(context, {
      kind: 'REFINEMENT',
      subject: { type: 'refinement', id: refinement, cycle },
      content,
      proposer: by.person,
    }),
  );
};

export const cycleHandlers: Pick<
  Handlers,
  | 'StartCycle'
  | 'AnnounceStage'
  | 'ProposeBoundary'
  | 'AddInterpretation'
  | 'ProposeReflection'
  | 'ProposeRefinement'
> = {
  StartCycle: startCycle,
  AnnounceStage: announceStage,
  ProposeBoundary: proposeBoundary,
  AddInterpretation: addInterpretation,
  ProposeReflection: proposeReflection,
  ProposeRefinement: proposeRefinement,
};

// Commands on the register of sources: anybody on the roster registers, revises and takes part in the conversation (B49).
import { refuse } from '../refusal';
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { accept, acting, nextId } from '../decide/context';
import type { Access, DiscoveryClaim, Provenance, SourceTerms } from './terms';

const registerSource: Handler<'RegisterSource'> = (context, terms) => {
  const by = acting(context);
  if (!by.ok) return by;
  const obstacle = badTerms(context, terms, null);
  if (obstacle) return obstacle;
  return accept({ type: 'SourceRegistered', data: { source: nextId(context, 'src'), ...terms } });
};

const reviseSource: Handler<'ReviseSource'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const { source, because: _because, ...terms } = command;
  const unknown = unknownSource(context, source);
  return unknown ?? badTerms(context, terms, source) ?? accept({ type: 'SourceRevised', data: command });
};

const unknownSource = ({ world }: Context, id: string): Refused | null =>
  id in world.project.sources
    ? null
    : refuse('NOT_FOUND', 'UNKNOWN_SOURCE', `there is no source ${id}`, 'register it first');

/** How data is come by says where it can have come from. */
const PROVENANCE_OF: Record<Access['kind'], readonly Provenance[]> = {
  REQUESTED: ['ADMINISTRATIVE', 'COLLECTED'],
  PUBLISHED: ['PUBLISHED'],
  COLLECTED: ['COLLECTED'],
};

function badTerms({ world }: Context, terms: SourceTerms, revising: string | null): Refused | null {
  const { name, holder, heldBy, access, provenance } = terms;
  if ((holder === null) === (heldBy === null))
    return refuse(
      'INVALID',
      'HOLDER',
      'a source is held by an organisation of the programme, or by one described in words',
      'give exactly one of the two',
    );
  if (holder !== null && !world.programme.organisations[holder])
    return refuse(
      'INVALID',
      'UNKNOWN_ORGANISATION',
      `the organisation ${holder} is unknown`,
      'add it to the programme, or say in words who holds it',
    );
  if (!PROVENANCE_OF[access.kind].includes(provenance))
    return refuse(
      'INVALID',
      'PROVENANCE',
      `data that is ${access.kind} cannot be ${provenance}`,
      `its provenance is ${PROVENANCE_OF[access.kind].join(' or ')}`,
    );
  const namesake = Object.values(world.project.sources).find(
    (s) => s.id !== revising && s.terms.name === name && s.terms.holder === holder && holder !== null,
  );
  return namesake
    ? refuse(
        'CONFLICT',
        'KNOWN_SOURCE',
        `${namesake.id} is registered under this name and holder already`,
        'revise it, or give the other source a name of its own',
      )
    : null;
}

/** What a claim has to be about. */
const ABOUT: Record<DiscoveryClaim, { source: boolean; question: boolean }> = {
  EXISTS: { source: true, question: false },
  ABSENT: { source: true, question: false },
  RELEVANT: { source: true, question: true },
  NOT_RELEVANT: { source: true, question: true },
  UNSURE: { source: true, question: true },
  REMARK: { source: false, question: false },
};

const recordDiscovery: Handler<'RecordDiscovery'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const { source, question, claim } = command;
  const needed = ABOUT[claim];
  if ((needed.source && source === null) || (needed.question && question === null))
    return refuse(
      'INVALID',
      'CLAIM',
      `${claim} is said of a source${needed.question ? ' and a version of the question' : ''}`,
      'name them',
    );
  const unknown = source === null ? null : unknownSource(context, source);
  if (unknown) return unknown;
  if (question !== null && !context.world.project.questions.some((q) => q.id === question))
    return refuse('NOT_FOUND', 'UNKNOWN_QUESTION', `there is no question ${question}`, 'check the id');
  return accept({ type: 'DiscoveryRecorded', data: { entry: nextId(context, 'dis'), ...command } });
};

export const sourceHandlers: Pick<Handlers, 'RegisterSource' | 'ReviseSource' | 'RecordDiscovery'> = {
  RegisterSource: registerSource,
  ReviseSource: reviseSource,
  RecordDiscovery: recordDiscovery,
};

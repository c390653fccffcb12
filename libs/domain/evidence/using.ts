// Using evidence: considered alongside data (B20), and as research data only with the consent of everybody it quotes (B7).
import { withId } from '../listed';
import type { Refused } from '../decide/context';
import type { Decided } from '../refusal';
import { refuse } from '../refusal';
import type { PersonId } from '../words';
import type { Deciding, Place } from './place';
import { present } from './place';
import { notesStatus, researchUse, speakers } from './rules';
import type { ConsideredIn, Evidence, EvidenceCommands, EvidenceEvents } from './terms';

type Readable = (place: Place, id: string) => { ok: true; item: Evidence; person: PersonId } | Refused;
type Using = Pick<
  Deciding<EvidenceCommands, EvidenceEvents>,
  'ConsentToResearchUse' | 'WithdrawResearchUse' | 'ConsiderEvidence' | 'CiteAsResearchData'
>;

const KNOWN: Record<ConsideredIn['type'], (place: Place, id: string) => boolean> = {
  question: ({ project }, id) => project?.questions.some((q) => q.id === id) ?? false,
  analysis: ({ project }, id) => project?.analyses[id] !== undefined,
  insight: ({ project }, id) => project?.insights.some((i) => i.id === id) ?? false,
};

/** Whether others can check what is cited: it is there, agreed, and not its author's alone. */
function useRefusal(place: Place, item: Evidence, where: ConsideredIn): Refused | null {
  if (!KNOWN[where.type](place, where.id))
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_SUBJECT',
      `there is no ${where.type} ${where.id} in this stream`,
      'evidence is considered with a question, an analysis or an insight of its own project',
    );
  if (item.audience === 'AUTHOR')
    return refuse(
      'CONFLICT',
      'AUDIENCE_TOO_NARROW',
      'nobody but its author could see what is relied on',
      'let its author widen the audience first',
    );
  if (notesStatus(place.programme, item, place.now) === 'DRAFT')
    return refuse(
      'CONFLICT',
      'NOTES_ARE_DRAFT',
      'notes are drafts until those present agree or amend them',
      'have them agreed first',
    );
  const isEmpty = item.versions.length === 0 && item.file === null && item.assessment === null;
  return isEmpty && item.kind !== 'CALL'
    ? refuse('CONFLICT', 'NOTHING_TO_RELY_ON', 'it has neither words nor a file yet', 'add its file first')
    : null;
}

const isSame = (a: ConsideredIn, b: ConsideredIn) => a.type === b.type && a.id === b.id;
const alreadyThere = (where: ConsideredIn) =>
  refuse(
    'CONFLICT',
    'ALREADY_THERE',
    `it already stands with ${where.type} ${where.id}`,
    'nothing needs to be done',
  );

/** The acting person's own word: each gives and takes back consent for themselves alone. */
function ownWord(
  found: ReturnType<Readable>,
  isGiving: boolean,
): Decided<{
  type: 'ResearchUseConsented' | 'ResearchUseWithdrawn';
  data: { evidence: string; person: PersonId };
}> {
  if (!found.ok) return found;
  const { item, person } = found;
  if (!speakers(item).includes(person))
    return refuse(
      'FORBIDDEN',
      'NOT_YOUR_WORDS',
      'these are not your words',
      'each participant consents for themselves',
    );
  const stands = item.consents[person]?.withdrawnAt === null;
  if (stands === isGiving)
    return refuse(
      'CONFLICT',
      isGiving ? 'ALREADY_CONSENTED' : 'NOTHING_TO_WITHDRAW',
      isGiving ? 'your consent stands' : 'you have not consented',
      'nothing needs to be done',
    );
  const type = isGiving ? ('ResearchUseConsented' as const) : ('ResearchUseWithdrawn' as const);
  return { ok: true, events: [{ type, data: { evidence: item.id, person } }] };
}

export const usingHandlers = (readable: Readable): Using => ({
  ConsentToResearchUse: (place, { evidence }) => ownWord(readable(place, evidence), true),
  // Also where the item has since been put out of this person's sight: taking back is always possible.
  WithdrawResearchUse: (place, { evidence }) => {
    const by = present(place);
    const item = withId(place.stream.evidence, evidence);
    const isGiven = by.ok && item?.consents[by.person] !== undefined;
    const found = isGiven ? { ok: true as const, item, person: by.person } : readable(place, evidence);
    return ownWord(found, false);
  },
  ConsiderEvidence: (place, command) => {
    const found = readable(place, command.evidence);
    if (!found.ok) return found;
    const refused = useRefusal(place, found.item, command.in);
    if (refused) return refused;
    if (found.item.considered.some((use) => isSame(use.in, command.in))) return alreadyThere(command.in);
    return { ok: true, events: [{ type: 'EvidenceConsidered', data: command }] };
  },
  CiteAsResearchData: (place, command) => {
    const found = readable(place, command.evidence);
    if (!found.ok) return found;
    const refused = useRefusal(place, found.item, command.in);
    if (refused) return refused;
    const use = researchUse(found.item);
    if (!use.allowed)
      return refuse('CONFLICT', 'NO_CONSENT', use.reason, use.remedy, [
        { rule: 'RESEARCH_CONSENT', reason: use.reason, waitingFor: use.waitingFor, since: null },
      ]);
    if (found.item.cited.some((cited) => isSame(cited.in, command.in))) return alreadyThere(command.in);
    return { ok: true, events: [{ type: 'CitedAsResearchData', data: command }] };
  },
});

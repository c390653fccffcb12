// Every form of the pages, by what it is about, and which of them a person is offered.
import type { World } from '#libs/domain';
import type { Call } from '../../ledger/call';
import { programmeOf, worldOf } from '../../ledger/call';
import { can } from '../../policy/can';
import * as admissibility from './admissibility-forms';
import * as analysis from './analysis-forms';
import * as answers from './answer-forms';
import * as collection from './collection-forms';
import * as course from './cycle-forms';
import * as data from './data-forms';
import * as evidence from './evidence-forms';
import * as findings from './finding-forms';
import * as hypotheses from './hypothesis-forms';
import * as issue from './issue-forms';
import * as legal from './legal-forms';
import * as meetings from './meeting-forms';
import * as negotiation from './negotiation-forms';
import * as publication from './publication-forms';
import * as programme from './programme-forms';
import * as signing from './signing-forms';
import type { Form } from './terms';

const formsIn = (file: object): Form[] => Object.values(file).filter((each): each is Form => isForm(each));
const isForm = (each: unknown): boolean => typeof each === 'object' && each !== null && 'route' in each;

/** In the order of a cycle. */
export const GROUPS: readonly { title: string; forms: readonly Form[] }[] = [
  { title: 'The course of the project', forms: formsIn(course) },
  { title: 'The issue and its sources', forms: formsIn(issue) },
  { title: 'What is allowed', forms: formsIn(legal) },
  { title: 'Data', forms: [...formsIn(data), ...formsIn(collection)] },
  { title: 'The conversation with holders', forms: formsIn(negotiation) },
  { title: 'What data may be used for', forms: formsIn(admissibility) },
  { title: 'Hypotheses and analyses', forms: [...formsIn(hypotheses), ...formsIn(analysis)] },
  { title: 'What was found', forms: formsIn(findings) },
  { title: 'Evidence', forms: formsIn(evidence) },
  { title: 'Meetings', forms: formsIn(meetings) },
  { title: 'Publication', forms: formsIn(publication) },
  { title: 'Sign-offs and who takes part', forms: [...formsIn(signing), ...formsIn(answers)] },
];

const PROGRAMME_FORMS = formsIn(programme);
export const FORMS: readonly Form[] = [...GROUPS.flatMap(({ forms }) => forms), ...PROGRAMME_FORMS];

/** Those about the programme, for this person. */
export const offeredInProgramme = (call: Call): Form[] =>
  PROGRAMME_FORMS.filter(
    ({ action, fits }) =>
      can(call.account, action, {}, { programme: programmeOf(call), project: null, now: call.now }).allowed &&
      fits(call.world as World, call),
  );

/** What this person may send, as things stand; the domain judges it again when it comes. */
export function isOffered(call: Call, { action, fits }: Form): boolean {
  const { programme, project } = worldOf(call);
  return (
    can(call.account, action, {}, { programme, project, now: call.now }).allowed && fits(worldOf(call), call)
  );
}

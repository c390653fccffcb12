// What a holder's answer may say: grants per field, refusals with where their reasons come from, words in confidence.
import { refuse } from '../refusal';
import type { DataRequest, World } from '../state';
import type { Grant } from '../terms';
import type { Instant, PersonId, RefusalReason, Text } from '../words';
import { badConfidence } from './audience';
import { openClarifications } from './clarifications';
import { beyond, flawsOf } from './granularity';
import type { AnswerWords, FieldTerms, Withheld } from './terms';

interface Words extends AnswerWords {
  outcome: 'GRANTED' | 'PARTLY_GRANTED' | 'REFUSED';
  grant: Grant | null;
  reasons: RefusalReason[];
  reason: Text | null;
}

/** B27: what is wrong with the terms per field of a grant; null if nothing. */
function badTerms({ ask }: DataRequest, { outcome, grant }: Words) {
  if (grant === null) return null;
  const { detail = [], withheld = [], fields } = grant;
  const kept = withheld.map((w) => w.field);
  const flaws = [
    ...flawsOf(detail, fields),
    ...beyond(detail, ask.detail ?? []),
    ...(ask.detail ?? [])
      .filter((t) => fields.includes(t.field) && !detail.some((d) => d.field === t.field))
      .map((t) => `${t.field} without the period and level it is granted for`),
    ...kept.filter((field) => fields.includes(field)).map((field) => `${field} is granted and kept back`),
    ...kept.filter((field) => !ask.fields.includes(field)).map((field) => `${field} was not asked for`),
    ...kept.filter((field, i) => kept.indexOf(field) !== i).map((field) => `${field} is kept back twice`),
  ];
  if (flaws.length > 0)
    return refuse('INVALID', 'FIELD_TERMS', flaws.join('; '), 'say of each asked field once what is granted');
  const isLess = fields.length < ask.fields.length || withheld.length > 0 || isLessFine(detail, ask.detail);
  return outcome === 'GRANTED' && (ask.detail !== undefined || withheld.length > 0) && isLess
    ? refuse('INVALID', 'LESS_THAN_ASKED', 'this grants less than was asked', 'call it partly granted')
    : null;
}

const isLessFine = (detail: FieldTerms[], asked: FieldTerms[] = []): boolean =>
  asked.length > 0 && beyond(asked, detail).length > 0;

/** What is wrong with what a refusal says; null if nothing. */
function badReasons({ outcome, reasons, sources = [], aggregatePossible, alternatives = [] }: Words) {
  const named = sources.map((s) => s.reason);
  if (named.some((reason, i) => !reasons.includes(reason) || named.indexOf(reason) !== i))
    return refuse(
      'INVALID',
      'REASON_SOURCE',
      'where a reason comes from is said once, of a reason that is stated',
      'state the reason too',
    );
  if (aggregatePossible !== undefined && !reasons.includes('HOLDER_TERMS_PROHIBIT'))
    return refuse(
      'INVALID',
      'AGGREGATE_POSSIBLE',
      'whether aggregates remain possible belongs to HOLDER_TERMS_PROHIBIT',
      'state that reason, or leave it out',
    );
  if (alternatives.length > 0 && !reasons.includes('PURPOSE_INCOMPATIBLE'))
    return refuse(
      'INVALID',
      'ALTERNATIVES',
      'alternatives belong to PURPOSE_INCOMPATIBLE',
      'state that reason, or leave them out',
    );
  if (outcome !== 'REFUSED' && reasons.length > 0)
    return refuse(
      'INVALID',
      'REASONS',
      'reasons belong to a refusal; a grant says them field by field',
      'name the fields kept back, each with its reason',
    );
  return null;
}

/** T5: what is wrong with words in confidence; null if nothing. */
function badWordsInConfidence(world: World, request: DataRequest, by: PersonId, words: Words, now: Instant) {
  const { outcome, reasons, reason, confidant } = words;
  if (confidant !== undefined && (outcome !== 'REFUSED' || reason === null || reasons.length > 0))
    return refuse(
      'INVALID',
      'CONFIDENCE',
      'in confidence a refusal is explained in words alone: a category would be shown',
      'leave the categories out and write the reason',
    );
  return badConfidence({ programme: world.programme, now }, request.sender, by, words);
}

/** B14: who grants has no question of its own open; declining never waits for anything. */
function stillAsking({ project }: World, { id }: DataRequest, { outcome }: Words) {
  const open = openClarifications(project, id).filter((c) => c.side === 'HOLDER');
  return outcome === 'REFUSED' || open.length === 0
    ? null
    : refuse(
        'CONFLICT',
        'CLARIFICATION_OPEN',
        `the holder’s own questions are not settled: ${open.map((c) => c.id).join(', ')}`,
        'say of each that it is settled, then grant',
      );
}

/** Everything that stands against an answer besides its tier and fields; null if nothing. */
export const badAnswer = (world: World, request: DataRequest, by: PersonId, words: Words, now: Instant) =>
  badReasons(words) ??
  badTerms(request, words) ??
  badWordsInConfidence(world, request, by, words, now) ??
  stillAsking(world, request, words);

/** Field by field, what became of an ask (B27): granted as asked, granted as less, or kept back. */
export interface FieldAnswer {
  field: string;
  answer: 'GRANTED' | 'GRANTED_LESS' | 'WITHHELD';
  terms: FieldTerms | null;
  withheld: Withheld | null;
}

export function fieldByField({ ask, answer }: DataRequest): FieldAnswer[] {
  const grant = answer?.grant;
  if (!grant) return [];
  return ask.fields.map((field) => {
    const terms = grant.detail?.find((t) => t.field === field) ?? null;
    if (!grant.fields.includes(field)) {
      const withheld = grant.withheld?.find((w) => w.field === field);
      return { field, answer: 'WITHHELD', terms: null, withheld: withheld ?? unsaid(field) };
    }
    const asked = ask.detail?.filter((t) => t.field === field);
    const isLess = terms !== null && isLessFine([terms], asked);
    return { field, answer: isLess ? 'GRANTED_LESS' : 'GRANTED', terms, withheld: null };
  });
}

const unsaid = (field: string): Withheld => ({ field, reason: null, because: null });

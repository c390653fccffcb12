// What is sent to the register of evidence, and how it becomes commands with their texts apart.
import { AUDIENCES, CONSIDERED_IN, EVIDENCE_KINDS } from '#libs/domain';
import type { EvidenceCommands } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { DraftText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, InstantField, Line, LocalId, OrganisationId, PersonId, RoleField } from '../http/fields';

const Attribution = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('PERSON'), person: PersonId }),
  z.strictObject({ type: z.literal('ROLE'), role: RoleField, organisation: OrganisationId.nullable() }),
  z.strictObject({ type: z.literal('OUTSIDE'), who: Line }),
]);
const Assessment = z.strictObject({
  protocol: FreeText,
  search: z.strictObject({ sources: FreeText, terms: FreeText, from: InstantField, to: InstantField }),
  findings: FreeText,
  limits: FreeText.describe('What the assessment does not show.'),
});
export const RecordEvidence = z.strictObject({
  kind: z.enum(EVIDENCE_KINDS),
  title: Line,
  audience: z.enum(AUDIENCES).describe('Who reads it. Only you can change this.'),
  attribution: Attribution.describe('Whose word it is.'),
  provenance: z.strictObject({
    origin: FreeText.describe('Where it comes from.'),
    dated: InstantField.describe('When it was made or took place.'),
    derivedFrom: z.array(LocalId).max(50).default([]),
  }),
  participants: z.array(PersonId).max(100).default([]).describe('Who was present, or wrote and received it.'),
  others: z.int().min(0).max(1000).default(0).describe('How many more, who are not on the roster.'),
  meeting: LocalId.nullable().default(null).describe('The meeting these minutes are of.'),
  text: FreeText.nullable().default(null).describe('A call may stand without.'),
  assessment: Assessment.nullable().default(null).describe('For REA, and for nothing else.'),
  unseen: LocalId.nullable()
    .default(null)
    .describe('The refused request whose data this speaks of: it is then cited, not seen.'),
});
export const ChangeAudience = z.strictObject({ audience: z.enum(AUDIENCES) });
export const AmendNotes = z.strictObject({ text: FreeText });
export const AgreeNotes = z.strictObject({
  version: z.int().positive().describe('The version you have read.'),
});
export const UseEvidence = z.strictObject({
  in: z.strictObject({ type: z.enum(CONSIDERED_IN), id: LocalId }),
  because: FreeText,
});

/** Free text apart from the command that names it. */
export class Apart {
  readonly texts: DraftText[] = [];

  readonly take = (words: string): string => {
    const text = commitText(words);
    this.texts.push(text);
    return text.commitment;
  };

  readonly takeAny = (words: string | null): string | null => (words === null ? null : this.take(words));
}

export function recordingOf(body: z.infer<typeof RecordEvidence>) {
  const { take, takeAny, texts } = new Apart();
  const { attribution, provenance, assessment } = body;
  const command: EvidenceCommands['RecordEvidence'] & { type: 'RecordEvidence' } = {
    ...{ type: 'RecordEvidence', ...body, title: take(body.title), text: takeAny(body.text) },
    provenance: { ...provenance, origin: take(provenance.origin) },
    attribution:
      attribution.type === 'OUTSIDE' ? { type: 'OUTSIDE', who: take(attribution.who) } : attribution,
    assessment: assessment && {
      ...{ protocol: take(assessment.protocol), findings: take(assessment.findings) },
      limits: take(assessment.limits),
      search: {
        ...{ ...assessment.search, sources: take(assessment.search.sources) },
        terms: take(assessment.search.terms),
      },
    },
  };
  return { command, texts };
}

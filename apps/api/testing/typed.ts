// What a lead types into the forms of a cycle, by the names of their fields.
import { HTML } from './browsing';
import type { Team } from './installation';
import { FIELDS, inDays, PURPOSE } from './setting-up';

/** The boundary that the team's requests lie in, as somebody types it. */
export const scope = ({ organisations, people }: Team) => ({
  ...{ purposes: PURPOSE, linkage: 'no', tier: 'DEIDENTIFIED', methods: 'descriptive' },
  ...{ retentionDays: '300', expires: inDays(400).slice(0, 10) },
  ...{ 'sources.0.source': 'register', 'sources.0.fields': FIELDS.join(', ') },
  ...{ 'sources.0.holder': organisations['holder'] ?? '', [`exposed.${organisations['holder']}`]: true },
  [`readers.${people.researcher.id}`]: true as const,
});
const PARTS = {
  ...{ LEGAL_POWER: 'text', LAWFUL_BASIS: 'text', SPECIAL_CATEGORY: 'notApplicable', OPT_OUTS: 'text' },
  ...{ CONFIDENTIALITY: 'notApplicable', IMPACT_ASSESSMENT: 'text', RESIDUAL_RISK: 'text' },
  ...{ OFFICER_ADVICE: 'notApplicable', PRIVACY_NOTICE: 'text' },
};
export const legalParts = Object.fromEntries(
  Object.entries(PARTS).map(([part, kind]) => [`parts.${part}.${kind}`, `As it is: ${HTML}`]),
);

/** What each party is said to have had and given. */
export const parties = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, row) => row).flatMap((row) => [
      [`parties.${row}.gave`, 'A table.'],
      [`parties.${row}.cost`, 'Two days.'],
    ]),
  );
export const RATIONALE = { 'rationale.text': 'To see whether earnings rose.' };
export const ASK = {
  ...{ 'ask.source': 'register', 'ask.fields': FIELDS.join('\n'), 'ask.tier': 'DEIDENTIFIED' },
  ...{ 'ask.purpose': PURPOSE, 'ask.methods': 'descriptive', 'ask.linkage': 'no', ...RATIONALE },
};
export const REFLECTION = {
  ...{ issue: 'Groups differ.', 'working.access': 'Slow.', 'working.cost': 'Two days.' },
  ...{ 'working.trust': 'Grew.', 'working.notHeard': 'Participants.', summary: 'Read it.' },
};

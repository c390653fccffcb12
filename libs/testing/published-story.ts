// Published data in a story: registered, found relevant, imported by the holder's custodian, checked by its risk owner.
import type { LegalCheckOutcome, ProjectCommand } from '#libs/domain';
import { plus } from '#libs/domain';
import type { Story } from './story';
import { atDataRequest, CELLS, DAY, personId, ROWS, sealing, WORKER } from './story';

const AREAS = { ...ROWS, fields: ROWS.fields.filter(({ type }) => type !== 'pseudonym') };
export const DIGEST = 'a'.repeat(64);
const lastOf = (record: Record<string, unknown>): string => Object.keys(record).at(-1) ?? '';

/** A published source, registered and established as relevant to the question in force. */
export function registered(story: Story): Story {
  story.onProject(story.as('lead'), {
    ...{ type: 'RegisterSource', name: 'areas', holder: null, heldBy: 'w', collectedFor: 'c', missing: 'm' },
    ...{ measure: 'FLOW', provenance: 'PUBLISHED' },
    access: {
      ...{ kind: 'PUBLISHED', address: 'https://data.example/areas', licence: 'OGL 3', version: '2027' },
      disclosureControl: 'rounded',
    },
  });
  const source = lastOf(story.project.sources);
  const question = story.project.questions.at(-1)?.id ?? '';
  const say = { type: 'RecordDiscovery', source, text: 't' } as const;
  story.onProject(story.as('official'), { ...say, question: null, claim: 'EXISTS' });
  return story.onProject(story.as('official'), { ...say, question, claim: 'RELEVANT' });
}

export const anImport = (
  story: Story,
  over: Partial<Extract<ProjectCommand, { type: 'ProposeImport' }>> = {},
): ProjectCommand => ({
  ...{ type: 'ProposeImport', source: lastOf(story.project.sources), digest: DIGEST },
  ...{ depositAs: AREAS, releaseAs: AREAS, expires: plus(story.now, 300 * DAY) },
  ...{ version: '2027', licence: 'OGL 3' },
  ...over,
});

export const receivePublished = (story: Story, digest = DIGEST): ProjectCommand => ({
  ...{ type: 'ReceiveDeposit', deposit: lastOf(story.project.deposits), digest, bytes: 10, object: 'object' },
});

/** With the import proposed, its file handed over and accepted; no legal check yet. */
export function imported(
  story: Story = registered(atDataRequest()),
  level: 'ROWS' | 'CELLS' = 'ROWS',
): Story {
  const spec = level === 'ROWS' ? AREAS : CELLS;
  story.onProject(story.as('holder'), anImport(story, { depositAs: spec, releaseAs: spec }));
  const request = lastOf(story.project.imports);
  story.onProject(WORKER, { type: 'InviteDeposit', request, publicKey: 'key' });
  story.onProject(story.as('holder'), receivePublished(story));
  const deposit = lastOf(story.project.deposits);
  story.onProject(WORKER, { type: 'OpenDeposit', deposit, purpose: 'check' });
  return story.onProject(WORKER, { type: 'AcceptDeposit', deposit, rows: 12, report: 'report' });
}

export const check = (story: Story, outcome: LegalCheckOutcome = 'PERMITTED'): ProjectCommand => ({
  ...{ type: 'RecordLegalCheck', import: lastOf(story.project.imports), outcome },
  ...{ text: 't', assurance: 'ACCOUNT' },
});

export const publishedRelease = (
  story: Story,
  over: Partial<Extract<ProjectCommand, { type: 'ProposeRelease' }>> = {},
): ProjectCommand => ({
  ...{ type: 'ProposeRelease', requests: [], imports: [lastOf(story.project.imports)], tier: 'DEIDENTIFIED' },
  ...{ purpose: 'earnings', methods: ['descriptive'], readers: [personId('researcher')] },
  ...{ rationale: { text: 'why', cites: [] }, expires: plus(story.now, 200 * DAY) },
  ...over,
});

/** With a release of the import sealed, waiting for nothing but its legal check. */
export function sealedPublished(story: Story = imported()): Story {
  story.onProject(story.as('lead'), publishedRelease(story));
  return story.onProject(WORKER, sealing(story));
}

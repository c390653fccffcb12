// A published source in a journey: registered, found relevant, imported, and its file handed over.
import { createHash } from 'node:crypto';
import type { DataSpec } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { Journey } from './journey';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** `deposit`: the id that the invitation to hand the file over will have. */
export async function importPublished(
  journey: Journey,
  { file, spec, deposit }: { file: string; spec: DataSpec; deposit: string },
): Promise<void> {
  await registered(journey);
  await journey.give('holder', {
    ...{ type: 'ProposeImport', source: 'src1', version: '2027', licence: 'OGL 3' },
    ...{ digest: createHash('sha256').update(file).digest('hex'), expires: inDays(300) },
    ...{ depositAs: spec, releaseAs: spec },
  });
  await journey.deposit(file, deposit);
  await journey.until(
    'the file to be accepted',
    ({ project }) => project.deposits[deposit]?.outcome?.accepted,
  );
}

async function registered(journey: Journey): Promise<void> {
  const [holder, purpose, missing] = ['Statistics office', 'Statistics', 'Nobody'].map(commitText);
  const control = commitText('counts are rounded');
  const texts = [holder, purpose, missing, control].flatMap((text) => text ?? []);
  await journey.give(
    'lead',
    {
      ...{ type: 'RegisterSource', name: 'areas', holder: null, heldBy: holder?.commitment ?? '' },
      ...{ collectedFor: purpose?.commitment ?? '', missing: missing?.commitment ?? '' },
      ...{ measure: 'FLOW', provenance: 'PUBLISHED' },
      access: {
        ...{ kind: 'PUBLISHED', address: 'https://data.example/areas', licence: 'OGL 3', version: '2027' },
        disclosureControl: control.commitment,
      },
    },
    { texts },
  );
  const said = commitText('It is there.');
  const say = { type: 'RecordDiscovery', source: 'src1', text: said.commitment } as const;
  await journey.give('official', { ...say, question: null, claim: 'EXISTS' }, { texts: [said] });
  const needed = commitText('It says where.');
  const relevant = { ...say, text: needed.commitment, question: 'q1', claim: 'RELEVANT' } as const;
  await journey.give('official', relevant, { texts: [needed] });
}

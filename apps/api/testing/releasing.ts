// Carries a project over the API from a settled question to a sealed release, and a first cycle to its end.
import { randomBytes } from 'node:crypto';
import { reference } from '#libs/contracts';
import { heedOf } from '#libs/domain';
import { signContent } from '#libs/ledger';
import type { Installation, Team } from './installation';
import { askOf, GRANT, inDays, PURPOSE } from './setting-up';
import { sign } from './signing';

const WORKER = { process: 'worker' } as const;

/** A wave's ids: in a project without refusals request, deposit and release bear the same number. */
export async function sealRelease(
  installation: Installation,
  team: Team,
  project: string,
  number: number,
  cites: string[] = [],
): Promise<string> {
  const { lead, holder, researcher } = team.people;
  const [request, deposit, release] = [`r${number}`, `d${number}`, `rel${number}`];
  const ask = { ...askOf(team), rationale: { text: 'Why.', cites } };
  await lead.client.make(`/projects/${project}/requests`, ask);
  const answer = { outcome: 'GRANTED', grant: { ...GRANT, expires: inDays(300) } };
  await holder.client.make(`/projects/${project}/requests/${request}/answer`, answer);
  await acceptDeposit(installation, team, project, request, deposit);
  await lead.client.make(`/projects/${project}/releases`, {
    ...{ requests: [request], tier: 'DEIDENTIFIED', purpose: PURPOSE, methods: ['descriptive'] },
    ...{ readers: [researcher.id], rationale: { text: 'Why.', cites }, expires: inDays(200) },
  });
  if (cites.length > 0) {
    const parties = [{ organisation: team.organisations['holder'], gave: 'A table.', cost: 'Two days.' }];
    await lead.client.make(`/projects/${project}/benefits`, { wave: number, parties, summary: 'So far.' });
  }
  const { ledger } = installation.worker;
  await ledger.openDeposit(project, deposit, 'materialise');
  const digest = 'd'.repeat(64);
  const { content, contents } = signContent(
    { kind: 'RELEASE', release, data: { sha256: digest } },
    { kind: 'TERMS_OF_ENGAGEMENT' },
  );
  const sealed = { digest, rows: 40, bytes: 100, object: `object-${release}` };
  const { world } = await ledger.world(project);
  const heed = heedOf(world.project, world.project.releases[release]!);
  await ledger.sealRelease(project, randomBytes(32), {
    command: { type: 'SealRelease', release, content, ...sealed, ...heed },
    contents,
  });
  return release;
}

async function acceptDeposit(
  { vault, worker: { ledger } }: Installation,
  team: Team,
  project: string,
  request: string,
  deposit: string,
): Promise<void> {
  const { publicKey } = await vault.keys.createDepositKeyPair(reference(project, deposit));
  await ledger.onProject(project, WORKER, () => ({
    command: { type: 'InviteDeposit', request, publicKey },
  }));
  const rows = Array.from({ length: 40 }, (_, i) => `p${i},${i % 2},${i * 10},${i * 11}`);
  const csv = `person,treat,re74,re78\n${rows.join('\n')}\n`;
  const file = `/projects/${project}/deposits/${deposit}/file`;
  await team.people.holder.client.send('PUT', file, csv, { 'content-type': 'text/csv' });
  await ledger.openDeposit(project, deposit, 'check');
  const { content, contents } = signContent({ findings: [] }, {});
  await ledger.onProject(project, WORKER, () => ({
    command: { type: 'AcceptDeposit', deposit, rows: 40, report: content.core },
    contents: contents.filter(({ id }) => id === content.core),
  }));
}

/** The analysis settled without a run, both interpretations given, reflection and refinement signed. */
export async function concludeCycle(installation: Installation, team: Team, project: string): Promise<void> {
  const { lead } = team.people;
  const at = `/projects/${project}`;
  await lead.client.make(`${at}/stages/analysis/settle-empty`, { reason: 'The table says it.' });
  await interpret(team, project);
  const reflection = { issue: 'Groups differ.', working: 'Well.', summary: 'Read it.' };
  await lead.client.make(`${at}/reflections`, reflection);
  await sign(installation, team, project, 'REFLECTION', ['official', 'researcher']);
  const refinement = {
    next: 'NEXT_CYCLE',
    reasons: 'Groups differed.',
    proposal: 'Match.',
    summary: 'Next.',
  };
  await lead.client.make(`${at}/refinements`, refinement);
  await sign(installation, team, project, 'REFINEMENT', ['official', 'researcher']);
}

/** One interpretation by a practitioner and one by a researcher. */
export async function interpret({ people }: Team, project: string): Promise<void> {
  const says = { text: 'Groups differ.', misreading: 'As an effect.' };
  const path = `/projects/${project}/interpretations`;
  await people.official.client.make(path, { as: 'PRACTITIONER', ...says });
  await people.researcher.client.make(path, { as: 'RESEARCHER', ...says });
}

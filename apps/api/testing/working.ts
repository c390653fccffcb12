// What the worker does with data and runs, with its own role, and the way from a signed question to a checked result.
import { randomBytes } from 'node:crypto';
import { reference } from '#libs/contracts';
import type { Condition, OutputFinding } from '#libs/domain';
import { keepResultPart, signContent } from '#libs/ledger';
import { Thresholds } from '#libs/statistics';
import type { MethodResult } from '#libs/statistics';
import type { Installation, Team } from './installation';
import { askOf, GRANT, inDays, PURPOSE } from './setting-up';
import { sign } from './signing';

export const WORKER = { process: 'worker' } as const;

export async function acceptDeposit({ worker }: Installation, project: string): Promise<void> {
  const { ledger } = worker;
  await ledger.openDeposit(project, 'd1', 'check');
  const { content, contents } = signContent({ findings: [] }, {});
  const report = contents.filter((c) => c.id === content.core);
  await ledger.onProject(project, WORKER, () => ({
    command: { type: 'AcceptDeposit', deposit: 'd1', rows: 40, report: content.core },
    contents: report,
  }));
}

export async function sealRelease({ worker }: Installation, project: string): Promise<void> {
  const { ledger } = worker;
  await ledger.openDeposit(project, 'd1', 'materialise');
  const digest = 'd'.repeat(64);
  const { content, contents } = signContent(
    { kind: 'RELEASE', data: { sha256: digest } },
    { kind: 'TERMS_OF_ENGAGEMENT' },
  );
  const sealed = {
    digest,
    rows: 40,
    bytes: 100,
    object: 'release-x',
    heeded: [],
    compared: [],
  };
  await ledger.sealRelease(project, randomBytes(32), {
    command: { type: 'SealRelease', release: 'rel1', content, ...sealed },
    contents,
  });
}

export const releaseOf = ({ people }: Team) => ({
  ...{ requests: ['r1'], tier: 'DEIDENTIFIED', purpose: PURPOSE, methods: ['descriptive'] },
  readers: [people.researcher.id],
  ...{ rationale: { text: 'The first wave.', cites: [] }, expires: inDays(200) },
});

/** The result of a run that made no table. */
const RESULT: MethodResult = {
  ...{ format: 1, method: 'descriptive', version: '1.0.0', params: {} },
  ...{ thresholds: Thresholds.parse({}), tables: [], plots: [], findings: [] },
};
const FILES = [
  { name: 'result.json', bytes: Buffer.from(JSON.stringify(RESULT)) },
  { name: 'findings.json', bytes: Buffer.from('{"cells":1}') },
  { name: 'plot-1.svg', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
];

/** A run with a result waiting for its output check. */
export async function runAnalysis(
  { worker, vault }: Installation,
  project: string,
  analysis = 'a1',
  found: OutputFinding[] = [],
  files: { name: string; bytes: Buffer }[] = FILES,
): Promise<void> {
  const { ledger, dataSource } = worker;
  const { lease } = await ledger.openRead(project, analysis);
  const partA = await keepResultPart(dataSource, project, analysis);
  const { objectId: object, manifest } = await vault.storeResult({
    result: reference(project, analysis),
    files,
    partA,
  });
  const { content, contents } = signContent(
    { kind: 'OUTPUT', files: manifest.files },
    { kind: 'RUN', diagnostics: { rows: 40 } },
  );
  const command = { type: 'EndAnalysis', analysis, outcome: 'COMPLETED', result: content } as const;
  await ledger.endAnalysis(project, lease.lease, {
    command: { ...command, object, reason: null, findings: found },
    contents,
  });
}

/** The holder grants what was asked, and its deposit is accepted. */
export async function granted(
  installation: Installation,
  { people: { holder } }: Team,
  project: string,
  conditions: Condition[] = [],
): Promise<void> {
  await holder.client.make(`/projects/${project}/requests/r1/answer`, {
    ...{ outcome: 'GRANTED', grant: { ...GRANT, conditions, expires: inDays(300) } },
  });
  const { publicKey } = await installation.vault.keys.createDepositKeyPair(reference(project, 'd1'));
  await installation.worker.ledger.onProject(project, WORKER, () => ({
    command: { type: 'InviteDeposit', request: 'r1', publicKey },
  }));
  const rows = Array.from({ length: 40 }, (_, i) => `p${i},${i % 2},${i * 10},${i * 11}`);
  const csv = ['person,treat,re74,re78', ...rows, ''].join('\n');
  await holder.client.send('PUT', `/projects/${project}/deposits/d1/file`, csv, {
    'content-type': 'text/csv',
  });
  await acceptDeposit(installation, project);
}

/** The proposed release is sealed and trusted, and has its permit. */
export async function permitted(installation: Installation, team: Team, project: string): Promise<void> {
  await sealRelease(installation, project);
  await sign(installation, team, project, 'TRUST', ['official', 'researcher', 'holder']);
  await installation.worker.ledger.givePermit(project, 'rel1');
}

/** From a settled question to a release with its permit: the analysis stage is open. */
export async function released(
  installation: Installation,
  team: Team,
  project: string,
  conditions: Condition[] = [],
): Promise<void> {
  const { lead } = team.people;
  await lead.client.make(`/projects/${project}/requests`, askOf(team));
  await granted(installation, team, project, conditions);
  await lead.client.make(`/projects/${project}/releases`, releaseOf(team));
  await permitted(installation, team, project);
}

/** The output check of a result, passed by the checker. */
export async function checked({ people }: Team, project: string, analysis: string): Promise<void> {
  const { client } = people.checker;
  const path = `/projects/${project}/outputs/${analysis}`;
  const { core, cover } = await client.see<{ core: string; cover: string }>(path);
  await client.make(`${path}/decision`, { choice: 'APPROVED', core, cover, signedAs: 'The checker' });
}

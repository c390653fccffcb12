// A deposit invited, and checked by the real vault: what stands before and after the page that takes its file.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createDepositActivities } from '../../../activities/deposits';
import { certificate } from '../../../activities/documents';
import { commitText } from '#libs/ledger';
import type { Links } from '#libs/ledger';
import { personId, requested } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { openVault } from '#libs/vault';
import { leftOfRelease } from '#libs/domain';
import type { DataSpec } from '#libs/domain';

export const ROWS: DataSpec = {
  ...{ level: 'ROWS', dimensions: [], sums: [] },
  fields: [
    { name: 'id', type: 'pseudonym' },
    { name: 'treat', type: 'category', codes: ['0', '1'], required: true },
    { name: 're78', type: 'number', min: 0, max: 100000 },
  ],
  maxRows: 50000,
};

/** What the worker does, over the portal's own folder for files. */
export async function theVault(setting: Setting, vaultDir: string) {
  const beside = path.dirname(vaultDir);
  const places = {
    vaultDir,
    keyStoreDir: path.join(beside, 'keys'),
    scratchDir: path.join(beside, 'scratch'),
  };
  const vault = await openVault(places);
  const activities = createDepositActivities({ ledger: setting.processes.worker.ledger, vault });
  const run = <T>(activity: () => Promise<T>) => new MockActivityEnvironment().run(activity);
  return {
    invite: (project: string) => run(() => activities.inviteDeposit({ project, request: 'r1' })),
    check: (project: string, deposit = 'd1') => run(() => activities.checkDeposit({ project, deposit })),
    destroy: (project: string, deposit = 'd1') => run(() => activities.destroyDeposit({ project, deposit })),
    clear: () => rmSync(vaultDir, { recursive: true, force: true }),
  };
}
export type TheVault = Awaited<ReturnType<typeof theVault>>;

/** A request granted as rows, under a condition. */
export async function grantedRows(setting: Setting): Promise<void> {
  await requested(setting);
  const use = commitText('4');
  const tier = 'DEIDENTIFIED' as const;
  await setting.byAccount('holder', setting.project, {
    command: {
      ...({ type: 'AnswerRequest', request: 'r1', outcome: 'GRANTED' } as const),
      grant: {
        ...{ tier, fields: ['treat', 're78'], depositAs: ROWS, releaseAs: ROWS },
        conditions: [
          { kind: 'NO_USE_FOR', value: use.commitment },
          { kind: 'MIN_ORGANISATIONS', value: '5' },
        ],
        expires: new Date(Date.now() + 300 * 86_400_000).toISOString(),
      },
      ...({ reasons: [], reason: null, assurance: 'ACCOUNT' } as const),
    },
    texts: [use],
  });
}

export async function depositLink(
  setting: Setting,
  deposit = 'd1',
  person = personId('holder'),
): Promise<string> {
  const { project } = await setting.world();
  const request = project.requests[project.deposits[deposit]?.request ?? ''];
  const about = { stream: setting.project, checkpoint: deposit, round: 0, core: request?.content.core ?? '' };
  return (await setting.processes.courier.links.mint({ ...about, person, purpose: 'DEPOSIT' })).token;
}

export const depositCode = (links: Pick<Links, 'mintDepositCode'>, project: string, deposit = 'd1') =>
  links.mintDepositCode(project, personId('holder'), deposit);

/** A release at its end, with the certificate that the worker writes. */
export async function endRelease(setting: Setting, release = 'rel1'): Promise<string> {
  const { project } = await setting.world();
  const at = '2027-01-05T09:00:00.000Z';
  const paper = certificate(
    {
      ...{ kind: 'release', id: `${project.id}/${release}`, objectId: 'o', bytes: 4321, at },
      ...{ keyPart: { existed: true, destroyedAt: at }, left: { keyPart: false, object: false } },
    },
    {
      ledgerPartDestroyedAt: at,
      remains: { ...leftOfRelease(project, project.releases[release]!), units: null },
      backupDays: 14,
    },
  );
  await setting.processes.worker.ledger.onProject(project.id, { process: 'worker' }, () => ({
    command: { type: 'CertifyReleaseDestroyed', release, certificate: paper.id },
    contents: [paper],
  }));
  return paper.id;
}

// The states of the page that takes a file: before the code and after it, wrong, received, reported, closed.
import { permitted, sealed } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { form } from './asking';
import { depositCode, depositLink, endRelease, grantedRows, theVault } from './deposits';
import type { TheVault } from './deposits';
import type { Walk } from './states';
import type { Page, Visitor } from './visitor';

type Arrived = Page & { address: string };
const COLUMNS = 'id,treat,re78';
const person = (number: number) => `person-${String(number).padStart(12, '0')}`;
/** Of a column and of whole rows, more than are listed, to refuse and only to note. */
const BAD = [
  COLUMNS,
  ...Array.from({ length: 14 }, (_, n) => `${person(n)},7,${n - 3}`),
  ...Array.from({ length: 2 }, () => `${person(99)},1,2`),
].join('\n');

export async function depositing({ setting, start, vaultDir, visitor, keep }: Walk): Promise<void> {
  const vault = await theVault(start, vaultDir);
  const project = start.withAnotherProject();
  const one = visitor();
  const page = await invited(project, vault, one);
  keep('deposit', page);
  const { links } = setting.processes.courier;
  const post = (fields: Record<string, string>) =>
    one.post(`${page.address}/code`, { ...form(page), ...fields });
  keep('deposit, no name given', await post({}));
  keep('deposit, code asked', await post({ name: 'Person holder' }));
  keep('deposit, code malformed', await post({ code: '12' }));
  keep('deposit, code wrong', await post({ code: '00000000' }));
  keep('deposit, no code given', await one.send(`${page.address}/file`, form(page), Buffer.from('x')));
  await post({ code: await depositCode(links, project.project) });
  const open = await one.get(page.address);
  keep('deposit, open for a file', open);
  const send = (fields: Record<string, string>, file: string | null) =>
    one.send(`${page.address}/file`, { ...form(open), ...fields }, file === null ? null : Buffer.from(file));
  keep('deposit, nothing given', await send({ sha256: '1' }, null));
  keep('deposit, too large', await send({ name: '2' }, 'x'.repeat(4_000_000)));
  await send({ name: 'Person holder' }, BAD);
  keep('deposit, received', await one.get(page.address));
  keep('deposit, another file', await send({ name: 'Person holder' }, COLUMNS));
  await vault.check(project.project);
  await vault.destroy(project.project);
  keep('deposit, refused', await one.get(page.address));
  await accepted(project, vault, visitor(), keep);
  const unread = start.withAnotherProject();
  await sealed(unread);
  keep('deposit, read by nobody', await visitor().arrive(await depositLink(unread)));
  await released(start.withAnotherProject(), visitor(), keep);
  await closed(start.withAnotherProject(), vault, visitor(), keep);
  vault.clear();
}

async function invited(project: Setting, vault: TheVault, visitor: Visitor): Promise<Arrived> {
  await grantedRows(project);
  await vault.invite(project.project);
  await project.db.query('delete from parley.asks');
  return visitor.arrive(await depositLink(project));
}

async function accepted(
  project: Setting,
  vault: TheVault,
  visitor: Visitor,
  keep: Walk['keep'],
): Promise<void> {
  const { project: id } = project;
  await vault.invite(id);
  const page = await visitor.arrive(await depositLink(project, 'd2'));
  await visitor.post(`${page.address}/code`, { ...form(page), name: 'Person holder' });
  const code = await depositCode(project.processes.courier.links, id, 'd2');
  await visitor.post(`${page.address}/code`, { ...form(page), code });
  const open = await visitor.get(page.address);
  const rows = Array.from({ length: 20 }, (_, n) => `${person(n)},1,${n}`);
  const file = Buffer.from([COLUMNS, ...rows].join('\n'));
  await visitor.send(`${page.address}/file`, { ...form(open), name: 'Person holder' }, file);
  await vault.check(id, 'd2');
  keep('deposit, accepted', await visitor.get(page.address));
  await vault.destroy(id, 'd2');
  keep('deposit, destroyed', await visitor.get(page.address));
}

/** What was made of it and who reads it; then all of it ended. */
async function released(project: Setting, visitor: Visitor, keep: Walk['keep']): Promise<void> {
  await permitted(project);
  await project.processes.worker.ledger.openRead(project.project, 'a1');
  const page = await visitor.arrive(await depositLink(project));
  keep('deposit, released', page);
  await endRelease(project);
  keep('deposit, its release destroyed', await visitor.get(page.address));
}

/** Nobody filled it before its grant was withdrawn. */
async function closed(
  project: Setting,
  vault: TheVault,
  visitor: Visitor,
  keep: Walk['keep'],
): Promise<void> {
  const page = await invited(project, vault, visitor);
  await project.byAccount('holder', project.project, {
    command: {
      ...{ type: 'WithdrawGrant', request: 'r1', mode: 'STOP', atOnce: false, reason: null },
      assurance: 'ACCOUNT',
    },
  });
  keep('deposit, closed', await visitor.get(page.address));
}

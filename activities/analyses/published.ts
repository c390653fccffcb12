// Published tables of cells that the project took in: everybody knows them, so results are compared with them (DOMAIN § 5 differencing).
import { reference } from '#libs/contracts';
import type { Deposit, ProjectState, World } from '#libs/domain';
import { Refused } from '#libs/ledger';
import type { Ledger } from '#libs/ledger';
import type { PublishedTable } from '#libs/statistics';
import { DataSpec } from '#libs/vault';
import type { Vault } from '#libs/vault';
import { isForGood } from '../answers';

interface Deps {
  ledger: Pick<Ledger, 'openDeposit'>;
  vault: Pick<Vault, 'readPublished'>;
}

/** Of every cycle, whatever became of the import: what was published stays known when the copy here may be used no more. */
export async function publishedTables(
  deps: Deps,
  { project }: Pick<World, 'project'>,
  signal: AbortSignal,
): Promise<PublishedTable[]> {
  const tables: PublishedTable[] = [];
  for (const { id, source, file, depositAs } of Object.values(project.imports)) {
    const deposit = takenIn(project, id);
    if (depositAs.level !== 'CELLS' || deposit === undefined) continue;
    const name = `${project.sources[source]?.terms.name ?? source}, version ${file.version}`;
    const spec = DataSpec.parse(depositAs);
    const columns = await columnsOf(deps, { project: project.id, deposit, spec, signal });
    tables.push({ name, dimensions: spec.dimensions, columns });
  }
  return tables;
}

/** The publisher's file, once it was found to be what the import says. */
const takenIn = ({ deposits }: ProjectState, id: string): Deposit | undefined =>
  Object.values(deposits).findLast(({ request, outcome }) => request === id && outcome?.accepted === true);

interface Opening {
  project: string;
  deposit: Deposit;
  spec: DataSpec;
  signal: AbortSignal;
}

/** Null where it can be read no more: refused by law, expired, destroyed, or damaged. */
async function columnsOf(
  { ledger, vault }: Deps,
  { project, deposit: { id, received, destroyed }, spec, signal }: Opening,
): Promise<PublishedTable['columns']> {
  if (!received || destroyed) return null;
  try {
    const { wrappedKey } = await ledger.openDeposit(project, id, 'compare');
    const opened = { deposit: reference(project, id), objectId: received.object, wrappedKey };
    return (await vault.readPublished(opened, spec, { signal })).columns;
  } catch (error) {
    if (error instanceof Refused || isForGood(error)) return null;
    throw error;
  }
}

// What is published is asked of nobody: a story takes it in as its publisher wrote it, and a risk owner checks by law before anything stands beside it.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Done } from '../demo/api';
import { deposit } from '../demo/deeds';
import type { Story } from './telling';

interface Registered {
  readonly id: string;
  readonly name: string;
  readonly access: { readonly address?: string; readonly licence?: string; readonly version?: string };
}

export interface Publication {
  /** As the register names it. */
  readonly source: string;
  readonly fields: readonly object[];
  readonly by: string;
}

/** Imported under the register's address, licence and version, by its digest; its bytes are the publisher's. */
export async function imported(
  story: Story,
  key: string,
  { source, fields, by }: Publication,
): Promise<string> {
  const found = (await story.list<Registered>('/sources')).find(({ name }) => name === source)!;
  const { address, licence, version } = found.access;
  return story.step(
    key,
    `${story.called(by)}, takes in ${source} from ${address}: ${version}, ${licence}`,
    'Nobody is asked for what is published; its address, licence, version and digest stand in the ledger, and no other file than that one comes in.',
    async () => {
      const file = new Uint8Array(await readFile(story.files[source.replaceAll(' ', '-')] ?? ''));
      const spec = { level: 'ROWS', fields, dimensions: [], sums: [] };
      const { id } = await story.as(by).post<Done>(story.at('/imports'), {
        ...{ source: found.id, version, licence, digest: createHash('sha256').update(file).digest('hex') },
        ...{ depositAs: spec, releaseAs: spec, expires: story.memory.inDays(300) },
      });
      const { isAccepted } = await deposit(story, id, file, by);
      if (!isAccepted) throw new Error(`The published file of ${source} was not accepted.`);
      return id;
    },
  );
}

/** Everybody has signed, and the gate waits for one thing: nobody has said yet that it may lawfully be used here. */
export async function checkedByLaw(
  story: Story,
  { key, release, id, by, text }: { key: string; release: string; id: string; by: string; text: string },
): Promise<void> {
  const problem = await story.refusedFor(
    `${key} unchecked`,
    'The release is to be opened before anybody has checked what is published',
    'GATE_CLOSED',
    () => story.as('lead').attempt(story.at(`/releases/${release}/open`), {}),
  );
  story.memory.keep(
    `${key} lacked`,
    problem.missing?.map(({ rule }) => rule),
  );
  await story.says(
    `${key} checked`,
    by,
    'checks by law that it may be used, and beside the rows it is to stand with',
    `/imports/${id}/legal-check`,
    { outcome: 'PERMITTED', text },
  );
}

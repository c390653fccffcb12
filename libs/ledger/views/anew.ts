// Writes the read models of every stream anew from the ledger: after a migration, rows written before may lack what they hold now.
import type { DataSource } from 'typeorm';
import { START } from '../entries';
import { foldProgramme, foldProject } from '../folded';
import { rebuildViews } from './write';

interface StreamRow {
  id: string;
  kind: 'programme' | 'project';
}

/** Stream by stream, each under its own lock, so that nobody waits for all of them; needs the owner's role. */
export async function rebuildAll(source: DataSource): Promise<void> {
  const streams = await source.query<StreamRow[]>('select id, kind from parley.streams order by id');
  for (const { id, kind } of streams)
    await source.transaction(async (runner) => {
      await runner.query('select id from parley.streams where id = $1 for no key update', [id]);
      const rows = await runner.query<{ text: string }[]>(
        'select text from parley.events where stream = $1 order by version',
        [id],
      );
      const texts = rows.map(({ text }) => text);
      const fold = kind === 'programme' ? foldProgramme : foldProject;
      const { state } = fold(id, { ...START, state: null }, texts);
      if (state !== null) await rebuildViews(runner, state);
    });
}

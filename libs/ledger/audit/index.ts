// The self-audit: streams against their log, read models and the gate's tables, closing the gates where they differ (I10, I13); rebuilding.
import type { DataSource } from 'typeorm';
import { views } from '../views';
import { auditStream, foldedFromEntries, gateFromEntries } from './audit';
import { GATE_TABLE_NAMES, GATE_TABLES } from './gate-rows';

export { auditStream } from './audit';
export type { Audited } from './audit';

export interface Difference {
  stream: string;
  reason: string;
}

/** Audits up to `most` streams after `after`, closing what differs and opening what agrees again. `next`: where to go on. */
export async function auditSome(
  dataSource: DataSource,
  after: string,
  most: number,
): Promise<{ differences: Difference[]; next: string }> {
  const streams = await dataSource.query<{ id: string }[]>(
    'select id from parley.streams where id > $1 order by id limit $2',
    [after, most],
  );
  const differences: Difference[] = [];
  for (const { id } of streams) {
    const found = await auditStream(dataSource, id);
    const kinds = [
      ['LOG', found.log],
      ['VIEWS', found.views],
      ['GATE', found.gate],
    ] as const;
    const agreeing = kinds.flatMap(([kind, reason]) => (reason === null ? [kind] : []));
    await dataSource.query('select parley.log_reopen($1, kind) from unnest($2::text[]) kind', [id, agreeing]);
    for (const [kind, reason] of kinds) {
      if (reason == null) continue;
      await dataSource.query('select parley.log_close($1, $2, $3)', [id, kind, `${id}: ${reason}`]);
      differences.push({ stream: id, reason });
    }
  }
  return { differences, next: streams.length < most ? '' : (streams.at(-1)?.id ?? '') };
}

/** Writes every stream's read models anew from its entries, one at a time under its lock, while everything else goes on. */
export async function rebuildReadModels(owner: DataSource): Promise<number> {
  const streams = await owner.query<{ id: string }[]>('select id from parley.streams order by id');
  for (const { id } of streams)
    await owner.transaction(async (at) => {
      await at.query('select from parley.streams where id = $1 for no key update', [id]);
      const state = await foldedFromEntries(at, id);
      if (state === null) return;
      await views.rebuild(at, state);
    });
  return streams.length;
}

/** Writes what the database's gate goes by anew from the entries, a stream at a time under its lock. Notes of what settled come back by themselves. */
export async function rebuildGate(owner: DataSource): Promise<number> {
  const streams = await owner.query<{ id: string }[]>('select id from parley.streams order by id');
  for (const { id } of streams)
    await owner.transaction(async (at) => {
      await at.query('select from parley.streams where id = $1 for no key update', [id]);
      const rows = await gateFromEntries(at, id);
      await at.query('delete from parley.gate_settlements where stream = $1', [id]);
      for (const table of GATE_TABLE_NAMES) {
        await at.query(`delete from parley.${table} where ${GATE_TABLES[table][0]} = $1`, [id]);
        const sql = `insert into parley.${table} select * from jsonb_populate_recordset(null::parley.${table}, $1)`;
        await at.query(sql, [JSON.stringify(rows.of(table))]);
      }
    });
  return streams.length;
}

// The commands that go through the gate's own SQL functions: permit, read, lease, deposit opening, result.
import type { DataSource } from 'typeorm';
import type { Way } from './appending';
import { byWhitelist } from './appending';
import type { Commands } from './commands';
import type { Actor, ProjectCommand } from '#libs/domain';
import type { Answer } from './refused';
import type { Draft, Ledger, Receipt } from './types';

type Gated = Pick<Ledger, 'givePermit' | 'openRead' | 'renewLease' | 'openDeposit' | 'endAnalysis'>;

const GATE: Actor = { process: 'gate' };
const WORKER: Actor = { process: 'worker' };

/** What a gate function hands over besides the entries. */
type Opened = Answer & { lease?: string; expires?: string; key_part?: string; wrapped?: string };

export function createGated(dataSource: DataSource, commands: Commands): Gated {
  const through = async (project: string, actor: Actor, draft: Draft<ProjectCommand>, way: Way) => {
    let opened: Opened | undefined;
    const receipt: Receipt = await commands.carryOut({
      stream: project,
      actor,
      prepare: () => draft,
      way: () => way,
      answered: (answer) => (opened = answer as Opened),
    });
    return { receipt, opened };
  };

  return {
    async givePermit(project, release) {
      const way = { sql: 'parley.give_permit($1, $2)', parameters: [] };
      const { receipt } = await through(project, GATE, { command: { type: 'GivePermit', release } }, way);
      return receipt;
    },

    async openRead(project, analysis) {
      const way = { sql: 'parley.open_read($1, $2)', parameters: [] };
      const { receipt, opened } = await through(
        project,
        GATE,
        { command: { type: 'OpenRead', analysis } },
        way,
      );
      const { lease, expires, key_part } = opened ?? {};
      if (!lease || !expires || !key_part) throw new Error(`The gate opened no read for ${analysis}.`);
      return { lease: { lease, expires }, keyPart: Buffer.from(key_part, 'hex'), receipt };
    },

    async renewLease(lease) {
      const sql = 'select parley.renew_lease($1) as renewed';
      const rows = await dataSource.query<{ renewed: boolean }[]>(sql, [lease]);
      return rows[0]?.renewed ?? false;
    },

    async openDeposit(project, deposit, purpose) {
      const way = { sql: 'parley.open_deposit($1, $2)', parameters: [] };
      const command = { type: 'OpenDeposit', deposit, purpose } as const;
      const { receipt, opened } = await through(project, GATE, { command }, way);
      if (!opened?.wrapped) throw new Error(`The gate did not open ${deposit}.`);
      return { wrappedKey: opened.wrapped, receipt };
    },

    async endAnalysis(project, lease, draft) {
      const hasResult = draft.command.type === 'EndAnalysis' && draft.command.result !== null;
      const way = hasResult ? { sql: 'parley.end_analysis($1, $2, $8)', parameters: [lease] } : byWhitelist;
      return (await through(project, WORKER, draft, way)).receipt;
    },
  };
}

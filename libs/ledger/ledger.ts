// The ledger as processes use it: every way in for commands, and what can be read back.
import { randomBytes } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { byCredential, byOwnWord, byToken, byWhitelist } from './appending';
import type { Way } from './appending';
import { isWorld } from './commands';
import type { Commands, Side } from './commands';
import { createGated } from './gated';
import type {
  Actor,
  Checkpoint,
  DomainEvent,
  Instant,
  ProgrammeState,
  ProjectCommand,
  World,
} from '#libs/domain';
import { noSuchStream, Refused } from './refused';
import { receiptOfDecision } from './repeats';
import { asRefused } from './transactions';
import type { Credentials, Draft, Ledger } from './types';

/** Types that only `record_account_decision` writes. */
const BY_ACCOUNT: ReadonlySet<string> = new Set<DomainEvent['type']>([
  'DecisionRecorded',
  'DecisionWithdrawn',
  'RequestAnswered',
  'GrantWithdrawn',
  'DecisionCountersigned',
  'AddressChangeCancelled',
  'ObjectionRecorded',
  'PersonAttested',
  'RolesChanged',
  'AddressChanged',
  'PersonLeft',
  'PersonErased',
  'SuppositionReplied',
  'AskingWished',
  'TrainingRecorded',
  'UndertakingSigned',
  'InterestsDeclared',
  'AdviceRecorded',
  'AdviceOverridden',
  'ExceptionProposed',
  'ExceptionGranted',
  'OutputCommented',
  'LegalCheckRecorded',
  'SigningDelegated',
  'DelegationTakenBack',
]);

/** Types that only `record_own_word` writes. */
const OWN_WORD: ReadonlySet<string> = new Set<DomainEvent['type']>([
  'NotesAgreed',
  'ResearchUseConsented',
  'ResearchUseWithdrawn',
  'AudienceChanged',
]);

function wayOf(secret: string, events: DomainEvent[]): Way {
  if (events.some(({ type }) => BY_ACCOUNT.has(type))) return byCredential(secret);
  return events.some(({ type }) => OWN_WORD.has(type)) ? byOwnWord(secret) : byWhitelist;
}

const STORE_DEPOSIT_KEY = 'select parley.store_deposit_key($1, $2, $3)';

interface Parts {
  dataSource: DataSource;
  commands: Commands;
  credentials: Credentials;
}

export function createLedger({ dataSource, commands, credentials }: Parts): Ledger {
  const plain = (stream: string, actor: Actor) => ({ stream, actor, way: () => byWhitelist });
  const query = async <T>(sql: string, parameters: unknown[]): Promise<T[]> =>
    dataSource.query<T[]>(sql, parameters);
  const destroyed = async (name: string, project: string, id: string): Promise<Instant | null> => {
    const [row] = await query<{ at: Instant | null }>(`select parley.instant(parley.${name}($1, $2)) as at`, [
      project,
      id,
    ]);
    return row?.at ?? null;
  };

  return {
    async programme(id) {
      const { programme, project, now } = await commands.read(id);
      if (project !== null || programme.state === null) throw noSuchStream(id);
      return { state: programme.state, now };
    },

    async world(id) {
      const { programme, project, now } = await commands.read(id);
      if (programme.state === null || project?.state == null) throw noSuchStream(id);
      return { world: { programme: programme.state, project: project.state }, now };
    },

    onProgramme: (id, actor, prepare) =>
      commands.carryOut({ ...plain(id, actor), prepare: (side, now) => prepare(programmeIn(side, id), now) }),

    onProject: (id, actor, prepare) =>
      commands.carryOut({ ...plain(id, actor), prepare: (side, now) => prepare(worldIn(side, id), now) }),

    startProgramme: (id, actor, draft) => commands.start({ ...plain(id, actor), prepare: () => draft }, null),

    startProject: (programme, id, actor, draft) =>
      commands.start({ ...plain(id, actor), prepare: () => draft }, programme),

    byLink: ({ token, code, stream }, prepare) =>
      commands.carryOutByLink(token, stream, ({ state, ...target }) => ({
        stream,
        actor: { person: target.person },
        way: () => byToken(token, code),
        prepare: (side, now) => prepare(target, side, now),
        repeated: async (runner, side, draft) => {
          const receipt = await receiptOfDecision(runner, side, stream, target.person, draft.command);
          if (receipt === null && state === 'VOID') throw staleLink(side, target.checkpoint);
          return receipt;
        },
      })),

    byCode: ({ token, code, stream }, prepare) =>
      commands.carryOutByLink(
        token,
        stream,
        ({ state: _live, ...target }) => ({
          stream,
          actor: { person: target.person },
          way: () => byToken(token, code),
          prepare: (side, now) => prepare(target, side, now),
          repeated: (runner, side, draft) =>
            receiptOfDecision(runner, side, stream, target.person, draft.command),
        }),
        'begin_by_code',
      ),

    async byAccount(secret, stream, prepare) {
      const account = await credentials.check(secret);
      if (account === null) throw noAccount();
      const actor = actorOf(account.person, account.administrator);
      return commands.carryOut({
        stream,
        actor,
        way: (events) => wayOf(secret, events),
        prepare: (side, now) => prepare(account, side, now),
        repeated: (runner, side, draft) =>
          account.person === null
            ? Promise.resolve(null)
            : receiptOfDecision(runner, side, stream, account.person, draft.command),
      });
    },

    async receiveDeposit(project, actor, { wrappedKey, ...deposit }) {
      const draft: Draft<ProjectCommand> = { command: { type: 'ReceiveDeposit', ...deposit } };
      return commands.carryOut({
        ...plain(project, actor),
        prepare: () => draft,
        afterwards: (runner) => told(runner, STORE_DEPOSIT_KEY, [project, deposit.deposit, wrappedKey]),
      });
    },

    async receiveDepositByLink({ token, project: stream }, { wrappedKey, ...deposit }, signedAs) {
      const signed = { assurance: 'LINK_CODE', signedAs: signedAs.commitment } as const;
      const draft: Draft<ProjectCommand> = {
        command: { type: 'ReceiveDeposit', ...deposit, ...signed },
        texts: [signedAs],
      };
      return commands.carryOutByLink(token, stream, ({ person }) => ({
        ...{ stream, actor: { person }, way: () => byToken(token, null), prepare: () => draft },
        afterwards: (runner) => told(runner, STORE_DEPOSIT_KEY, [stream, deposit.deposit, wrappedKey]),
      }));
    },

    async sealRelease(project, keyPart, draft) {
      const { command } = draft;
      if (command.type !== 'SealRelease')
        throw new TypeError(`sealRelease takes SealRelease, not ${command.type}.`);
      return commands.carryOut({
        ...plain(project, { process: 'worker' }),
        prepare: () => draft,
        afterwards: (runner) =>
          told(runner, 'select parley.store_key_part($1, $2, $3)', [project, command.release, keyPart]),
      });
    },

    destroyDepositKey: (project, deposit) => destroyed('destroy_deposit_key', project, deposit),

    destroyReleaseKey: (project, release) => destroyed('destroy_release_key', project, release),

    async keepUnitPart(project) {
      const sql = 'select parley.keep_unit_part($1, $2) as part';
      const [row] = await query<{ part: Buffer }>(sql, [project, randomBytes(32)]);
      if (!row) throw new Error(`no part of the unit key came back for ${project}`);
      return row.part;
    },

    async unnamedObjects(objectIds) {
      const sql = 'select object from parley.unnamed_objects($1) object';
      const rows = await query<{ object: string }>(sql, [objectIds]).catch((error: unknown) => {
        throw asRefused(error);
      });
      return rows.map(({ object }) => object);
    },

    async pruneLeases() {
      const [row] = await query<{ pruned: string }>('select parley.prune_leases() as pruned', []);
      return Number(row?.pruned ?? 0);
    },

    async destroyUnitPart(project) {
      await query('select parley.destroy_unit_part($1)', [project]);
    },

    ...createGated(dataSource, commands),

    async content(id) {
      const rows = await query<{ bytes: Buffer | null }>('select bytes from parley.content where id = $1', [
        id,
      ]);
      return rows[0]?.bytes ?? null;
    },

    async texts(commitments) {
      if (commitments.length === 0) return new Map();
      const sql =
        'select commitment, text from parley.openings where commitment = any ($1) and text is not null';
      const rows = await query<{ commitment: string; text: string }>(sql, [commitments]);
      return new Map(rows.map(({ commitment, text }) => [commitment, text]));
    },
  };
}

async function told(runner: QueryRunner, sql: string, parameters: unknown[]): Promise<void> {
  await runner.query(sql, parameters);
}

function programmeIn(side: Side, id: string): ProgrammeState {
  if (isWorld(side)) throw noSuchStream(id);
  return side;
}

function worldIn(side: Side, id: string): World {
  if (!isWorld(side)) throw noSuchStream(id);
  return side;
}

function actorOf(person: string | null, administrator: string | null): Actor {
  return person === null ? { administrator: administrator ?? '' } : { person };
}

/** T3: what the link asked about has changed; the page shows the difference. */
function staleLink(side: Side, checkpoint: string): Refused {
  const checkpoints: Record<string, Checkpoint> = isWorld(side) ? side.project.checkpoints : side.checkpoints;
  const round = checkpoints[checkpoint]?.rounds.at(-1)?.round ?? 0;
  return new Refused({
    kind: 'STALE',
    rule: 'CONTENT_CHANGED',
    reason: `What this link asked about is no longer what is asked: ${checkpoint} is in round ${round}.`,
    remedy: 'Read what changed, and decide with a fresh link.',
  });
}

const noAccount = (): Refused =>
  new Refused({
    kind: 'FORBIDDEN',
    rule: 'NO_ACCOUNT',
    reason: 'This token is unknown, expired or revoked.',
    remedy: 'Ask for a new one.',
  });

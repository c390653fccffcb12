// Transactions that are tried again when somebody was faster, or the connection broke before anything was committed.
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { Diverged } from './folded';
import type { Refusal } from '#libs/domain';
import { Refused } from './refused';

const TRIES = 5;
/** Before trying anew on another connection; doubled each time, so that a restarted database is waited for. */
const PAUSE_MS = 100;
/** Serialisation failure, deadlock, and the ledger's own "out of sequence". */
const TRY_AGAIN = new Set(['40001', '40P01', 'PA001']);
/** The ledger's SQL functions name the rule before a colon. */
const KINDS: Readonly<Record<string, Refusal['kind']>> = {
  PA001: 'CONFLICT',
  PA002: 'FORBIDDEN',
  PA003: 'INVALID',
  PA004: 'CONFLICT',
};

interface DatabaseError {
  code?: string;
  message: string;
}

/** Runs `work` in one transaction (READ COMMITTED, see open.ts): commits its result, rolls back whatever it throws. */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTransaction(dataSource, work);
    } catch (error) {
      const isLost = error instanceof ConnectionLost;
      if (attempt === TRIES || !(isLost || isWorthAnother(error)))
        throw isLost ? error.cause : asRefused(error);
      if (isLost) await pause(PAUSE_MS * 2 ** attempt);
    }
  }
}

/** The connection broke before COMMIT was sent: the server has rolled back, so the same work can be done again. */
class ConnectionLost extends Error {}

async function attemptTransaction<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  let isCommitting = false;
  try {
    await runner.startTransaction();
    const result = await work(runner);
    isCommitting = true;
    if (runner.isTransactionActive) await runner.commitTransaction();
    return result;
  } catch (error) {
    // What became of a COMMIT that was sent is unknown: whoever asked has to look.
    if (!isCommitting && isConnectionLost(runner, error)) throw new ConnectionLost('', { cause: error });
    // A broken connection cannot roll back; the server does it.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

function codeOf(error: unknown): string | undefined {
  const { code, driverError } = error as DatabaseError & { driverError?: DatabaseError };
  return driverError?.code ?? code;
}

/** TypeORM releases a runner whose connection broke; the codes are those of a server that stops or starts. */
function isConnectionLost(runner: QueryRunner, error: unknown): boolean {
  if (error instanceof Refused) return false;
  const code = codeOf(error) ?? '';
  return runner.isReleased || /^(08\d{3}|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE)$/.test(code);
}

function isWorthAnother(error: unknown): boolean {
  return error instanceof Diverged || TRY_AGAIN.has(codeOf(error) ?? '');
}

/** What a function of the ledger refuses as `Refused`, with rule and reason; any other error as it is. */
export function asRefused(error: unknown): unknown {
  const code = codeOf(error) ?? '';
  const kind = KINDS[code];
  if (kind === undefined) return error;
  const [rule = 'FORBIDDEN', reason = ''] = splitOnce((error as Error).message);
  const remedy =
    code === 'PA001' ? 'Try again in a moment.' : 'Check who may do this, and with which content.';
  return new Refused({ kind, rule, reason, remedy });
}

function splitOnce(message: string): [string, string] {
  const at = message.indexOf(': ');
  return at < 0 ? ['FORBIDDEN', message] : [message.slice(0, at), message.slice(at + 2)];
}

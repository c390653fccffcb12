// Starts a Node program as a child: one that stays and answers on a port, or one that does its work and ends.
import { spawn } from 'node:child_process';
import { logSize, logTail, withLogFile } from './log-files';
import { endProcess } from './processes';
import { ENDED_WELL, endOf, noteEnd } from './running';
import type { Running } from './running';
import { until } from './waiting';

export interface NodeProgram {
  readonly name: string;
  /** The absolute path of the compiled program. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

export interface NodeServer extends NodeProgram {
  /** `http://127.0.0.1:<port>`; `GET /readyz` there answers 200 once it is ready, and else says what is missing. */
  readonly url: string;
}

const READY_DEADLINE_MS = 60_000;
const STOP_GRACE_MS = 15_000;

/** Starts a program that stays, and resolves when it says it is ready. */
export async function startServer(server: NodeServer, onSpawn: (pid: number) => void): Promise<Running> {
  const before = logSize(server.logFile);
  const child = withLogFile(server.logFile, (log) =>
    spawn(process.execPath, ['--enable-source-maps', server.script], {
      env: surroundings(server.environment),
      stdio: ['ignore', log, log],
      detached: true,
    }),
  );
  const ended = endOf(child);
  const pid = child.pid ?? 0;
  if (child.pid) onSpawn(child.pid);
  try {
    await until(() => checkReady(server.url), {
      what: `${server.name} to be ready`,
      deadlineMs: READY_DEADLINE_MS,
      giveUpIf: noteEnd(ended),
    });
  } catch (cause) {
    if (child.pid) await endProcess(child.pid, 'SIGTERM', STOP_GRACE_MS);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${server.name} did not start: ${reason}\n${quoted(server.logFile, before)}`, { cause });
  }
  return { pid, ended, stop: async () => void (await endProcess(pid, 'SIGTERM', STOP_GRACE_MS)) };
}

/** Runs a program to its end and gives what it printed; what it said on stderr goes to its log. */
export async function runProgram(program: NodeProgram, args: readonly string[]): Promise<string> {
  const before = logSize(program.logFile);
  const child = withLogFile(program.logFile, (log) =>
    spawn(process.execPath, ['--enable-source-maps', program.script, ...args], {
      env: surroundings(program.environment),
      stdio: ['ignore', 'pipe', log],
    }),
  );
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const how = await endOf(child);
  if (how === ENDED_WELL) return printed;
  throw new Error(`\`${program.name}\` failed (${how}).\n${printed}${quoted(program.logFile, before)}`);
}

async function checkReady(url: string): Promise<void> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
  const body = await response.text();
  if (!response.ok) throw new Error(`GET /readyz says ${response.status}: ${body.slice(0, 500)}`);
}

function quoted(logFile: string, from: number): string {
  return `${logTail(logFile, from)}\nMore in ${logFile}`;
}

const INHERITED = [
  ...['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'XDG_CACHE_HOME'],
  ...['NODE_EXTRA_CA_CERTS', 'NODE_COMPILE_CACHE'],
];

/** A child gets its own settings and what any program needs, not everything that happens to be set here. */
function surroundings(environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), ...environment };
}

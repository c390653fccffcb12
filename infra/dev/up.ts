// `npm start`: brings up the servers and Parley's processes, shows the demonstration, and stays until told to stop.
import path from 'node:path';
import { APPS, DEMONSTRATION, makeAdministrator, makeLogKey, migrate, startApp, STOP_ORDER } from './apps';
import type { AppName } from './apps';
import { addressTable, whatNext } from './closing-words';
import { runDemonstration } from './demonstration';
import type { Demonstration } from './demonstration';
import { parseFlags, USAGE, UsageError } from './flags';
import type { Flags } from './flags';
import { showLive } from './live';
import { takeLock, watchStarters } from './lock';
import { awaitPorts, choosePorts } from './ports';
import { stopLeftPostgres } from './postgres';
import { removePostgresHome } from './postgres-home';
import { endProcess } from './processes';
import { bringUpDatabase, bringUpMail, bringUpSignIn, bringUpTemporal } from './servers';
import type { Launch } from './servers';
import { settingsOf, writeEnvironmentFile } from './settings';
import type { Addresses, Settings } from './settings';
import { emptyState, makeStateDirectories, RunRecord, stateIn } from './state';
import type { State } from './state';
import { ENDED_WELL } from './running';
import { duration, step } from './steps';
import { Supervisor } from './supervisor';

const CHECKOUT = path.resolve(__dirname, '..', '..', '..');
const print = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const flags = parseFlags(process.argv.slice(2));
  if (!flags) {
    print(USAGE);
    return 0;
  }
  const state = stateIn(path.resolve(process.env.PARLEY_STATE_DIR ?? path.join(CHECKOUT, '.parley')));
  makeStateDirectories(state);
  const releaseLock = await takeLock(state.lock);
  try {
    return await run(flags, state);
  } finally {
    releaseLock();
  }
}

/** Once all is up, only an interruption ends it. */
const NEVER = new Promise<never>(() => undefined);
const INTERRUPTED = 130;

/** Everything between taking the lock and giving it back. */
async function run(flags: Flags, state: State): Promise<number> {
  const began = performance.now();
  await stopLeftovers(state);
  const [lastBase, wasCutOff] = [RunRecord.lastBase(state.run), RunRecord.wasCutOff(state.run)];
  if (flags.reset) reset(state);
  const record = new RunRecord(state.run);
  const supervisor = new Supervisor(record, print);
  const interruption = awaitInterruption();
  let demonstration: Demonstration | undefined;
  let isUp = false;
  const work = async () => {
    if (wasCutOff && lastBase !== undefined) await awaitPorts(flags.ports ?? lastBase);
    const ports = await choosePorts(flags.ports, lastBase);
    if (!flags.reset && lastBase !== undefined && lastBase !== ports.api)
      print(
        `  Ports from ${ports.api} on, not ${lastBase} as before: links in mails sent then lead nowhere.`,
      );
    record.takePorts(ports.api);
    const launch: Launch = { state, ports, supervisor, print };
    const settings = await bringUp(launch);
    print(`\n  Ready in ${duration(began)}.\n`);
    demonstration = await demonstrate(flags, settings, record);
    if (flags.once) {
      if (demonstration) print('\n  All of it is kept: `npm start` shows it, with what to try next.');
      return 0;
    }
    isUp = true;
    stayUp(settings, state, demonstration, interruption.signal);
    return NEVER;
  };
  try {
    return await Promise.race([work(), interruption.happened.then(() => (isUp ? 0 : INTERRUPTED))]);
  } finally {
    demonstration?.stop();
    print('\n  Stopping …');
    await supervisor.stopAll(STOP_ORDER);
    print('  Everything is stopped.');
  }
}

/** Ends what a launcher that was killed left running; Postgres is found by its own record. */
async function stopLeftovers(state: State): Promise<void> {
  const left = RunRecord.leftBehind(state.run);
  if (left.length > 0)
    print(`  Ending what an earlier launch left running: ${left.map(([name]) => name).join(', ')}`);
  const others = left.filter(([name]) => name !== 'postgres');
  await Promise.all(others.map(([, { pid }]) => endProcess(pid, 'SIGTERM', 10_000)));
  await stopLeftPostgres(state.postgres);
}

function reset(state: State): void {
  print('  Forgetting everything kept in .parley, as asked with --reset.');
  if (process.env.DATABASE_URL)
    print(
      '  The database that DATABASE_URL names is yours, and is left as it is: it has to be an empty one.',
    );
  removePostgresHome(state.postgres);
  emptyState(state);
  makeStateDirectories(state);
}

/** Servers side by side, then the database's contents, then the processes side by side. */
async function bringUp(launch: Launch): Promise<Settings> {
  const { state, ports } = launch;
  const [database, temporal, mail] = await Promise.all([
    step(print, 'Postgres', () => bringUpDatabase(launch)),
    step(print, 'Temporal', (say) => bringUpTemporal(launch, say)),
    step(print, 'Mail inbox', () => bringUpMail(launch)),
  ]);
  const signIn = await step(print, 'Sign-in', () => bringUpSignIn(launch, mail.value.smtpUrl));
  const addresses: Addresses = {
    ...{ roles: database.value, temporal: temporal.value, mail: mail.value, signIn: signIn.value },
  };
  const settings = settingsOf(state, ports, addresses);
  writeEnvironmentFile(state.environment, settings);
  await step(print, 'Database', async () => {
    await migrate(state, settings);
    await makeAdministrator(state, settings);
    await makeLogKey(state, settings);
    return { shown: 'migrated' };
  });
  const names = Object.keys(APPS) as AppName[];
  await Promise.all(
    names.map((name) => step(print, `${name} process`, () => startApp(launch, name, settings))),
  );
  return settings;
}

/** Undefined when it was not asked for. */
async function demonstrate(
  flags: Flags,
  settings: Settings,
  record: RunRecord,
): Promise<Demonstration | undefined> {
  if (!flags.demo) return undefined;
  if (settings.INBOX_URL === undefined) {
    throw new Error(
      'The demonstration reads its mails from an inbox. Set INBOX_URL to the one behind SMTP_URL (a Mailpit, say), ' +
        'or leave the demonstration out with --no-demo.',
    );
  }
  const began = performance.now();
  const args = flags.once ? ['--once'] : [];
  const onSpawn = (pid: number) => record.started('demonstration', pid);
  const demonstration = await runDemonstration(DEMONSTRATION, args, settings, onSpawn);
  void demonstration.ended.then(() => record.ended('demonstration'));
  print(`\n  The demonstration took ${duration(began)}.`);
  return demonstration;
}

function stayUp(
  settings: Settings,
  state: State,
  demonstration: Demonstration | undefined,
  signal: AbortSignal,
): void {
  const isWaiting = demonstration?.outcome === 'waiting';
  print(`\n${addressTable(settings, state)}\n\n${whatNext(settings, state, isWaiting)}\n`);
  void showLive(settings.AUDITOR_DATABASE_URL ?? '', print, signal);
  if (!isWaiting) return;
  void demonstration.ended.then((how) => {
    if (!signal.aborted)
      print(how === ENDED_WELL ? '  The demonstration is complete.' : `  ! The demonstration ended: ${how}`);
  });
}

/** Ctrl-C, a request to end, or the end of the processes that started this one. */
function awaitInterruption(): { readonly happened: Promise<void>; readonly signal: AbortSignal } {
  const controller = new AbortController();
  const happened = new Promise<void>((resolve) => {
    const interrupt = () => {
      controller.abort();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
    watchStarters(interrupt);
  });
  return { happened, signal: controller.signal };
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`\n${message}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);

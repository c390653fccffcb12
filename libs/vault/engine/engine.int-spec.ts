// The data process: locked down, limited, and dead the moment it has to be.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_LIMITS, Engine, withEngine } from './engine';
import { keepReady } from './ready';

const directory = mkdtempSync(path.join(tmpdir(), 'parley-engine-'));
const options = { directory, limits: DEFAULT_LIMITS };
const isAlive = (pid: number | undefined) => {
  try {
    return process.kill(pid ?? -1, 0);
  } catch {
    return false;
  }
};

describe('the data process', () => {
  it('answers in columns: numbers, texts and lists', async () => {
    const columns = await withEngine(options, (engine) =>
      engine.columns("select * from (values (1.5::double, 'a', [3, 4]), (null, null, [5])) t(x, y, z)"),
    );
    expect(columns).toEqual([
      { name: 'x', kind: 'number', values: Float64Array.of(1.5, NaN) },
      { name: 'y', kind: 'text', codes: Int32Array.of(0, -1), dictionary: ['a'] },
      { name: 'z', kind: 'list', values: [[3, 4], [5]] },
    ]);
  });

  it('reads nothing outside its directory, loads nothing, and cannot be unlocked', async () => {
    writeFileSync(path.join(directory, 'inside.csv'), 'a\n1\n');
    await withEngine(options, async (engine) => {
      await engine.run(`select * from read_csv('${directory}/inside.csv')`);
      for (const sql of [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/proc/self/environ')",
        `select * from read_csv('${directory}/../../etc/passwd')`,
        "copy (select 1) to '/tmp/parley-escaped.csv'",
        "attach '/tmp/parley-escaped.db'",
        'install httpfs',
        'set enable_external_access=true',
        "set memory_limit='100GB'",
        'reset lock_configuration',
      ]) {
        await expect(engine.run(sql)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
      }
    });
  });

  it('says what kind of error it met and never what the data was', async () => {
    const error = await withEngine(options, (engine) => engine.run("select 'Jane Doe'::integer")).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ message: 'The data process refused (Conversion Error).' });
  });

  it('is killed when its time is over', async () => {
    const limits = { ...DEFAULT_LIMITS, wallClockMs: 700 };
    const endless = withEngine({ directory, limits }, (engine) =>
      engine.run(
        'select count(*) from range(100000000) a, range(100000000) b where a.range % 7 = b.range % 11',
      ),
    );
    await expect(endless).rejects.toMatchObject({ code: 'TIME_LIMIT' });
  });

  it('is gone when the operation is cancelled', async () => {
    const cancel = new AbortController();
    const engine = new Engine({ ...options, signal: cancel.signal });
    await engine.open();
    const endless = engine.run(
      'select count(*) from range(100000000) a, range(100000000) b where a.range % 7 = b.range % 11',
    );
    cancel.abort();
    await expect(endless).rejects.toMatchObject({ code: 'CANCELLED' });
    await engine.kill();
    expect(isAlive(engine.pid)).toBe(false);
  });

  it('dies of its own hunger for memory without taking anything with it', async () => {
    const limits = { ...DEFAULT_LIMITS, memoryMb: 50 };
    const hungry = withEngine({ directory, limits }, (engine) =>
      engine.columns('select list(a.range) from range(100000000) a'),
    );
    await expect(hungry).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
  });

  it('says when the disk is full', async () => {
    const engine = new Engine(options);
    await engine.open();
    spawnSync('prlimit', [`--pid=${engine.pid}`, '--fsize=20000']);
    const copy = engine.run(
      `copy (select random() from range(1000000)) to '${directory}/big.parquet' (format parquet)`,
    );
    await expect(copy).rejects.toThrow('There is no room left in the private working directory.');
    await engine.kill();
  });

  it('reports a process that was killed from outside', async () => {
    const engine = new Engine(options);
    await engine.open();
    const endless = engine.run(
      'select count(*) from range(100000000) a, range(100000000) b where a.range % 7 = b.range % 11',
    );
    process.kill(engine.pid ?? 0, 'SIGKILL');
    await expect(endless).rejects.toThrow('The data process ended unexpectedly.');
  });
});

/** Processes that this one started and that have not ended. */
const started = (): number[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);

describe('the data process that is kept ready', () => {
  const ask = (engine: Engine) => engine.figures('select 42::double as answer');

  it('serves one operation and ends with it; the next one has a process that knows nothing of it', async () => {
    const before = started();
    keepReady();
    const [waiting, ...others] = started().filter((pid) => !before.includes(pid));
    expect(others).toEqual([]);
    const first = new Engine(options);
    const beside = new Engine(options);
    expect(first.pid).toBe(waiting);
    expect(beside.pid).not.toBe(waiting);
    await first.run('create table seen as select 1 as person');
    await beside.kill();
    await first.kill();
    const next = new Engine(options);
    expect([first.pid, beside.pid]).not.toContain(next.pid);
    await expect(next.figures('select count(*) as n from seen')).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
    });
    expect(await ask(next)).toEqual({ answer: 42 });
    await next.kill();
  });

  it('is missed by nobody when it dies', async () => {
    const before = started();
    keepReady();
    const waiting = new Engine(options);
    await waiting.kill();
    const another = started().find((pid) => !before.includes(pid));
    process.kill(another ?? 0, 'SIGKILL');
    while (isAlive(another)) await new Promise((resolve) => setImmediate(resolve));
    await withEngine(options, async (engine) => expect(await ask(engine)).toEqual({ answer: 42 }));
  });
});

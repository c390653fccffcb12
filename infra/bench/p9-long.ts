// P9, second part: commands in a project with 30 cycles and 5,000 entries, against the same in a new project.
import { openLedger } from '#libs/ledger';
import { aDatabase, permitted, Setting, settledQuestion } from '#libs/testing';
import { CycleCommands } from './cycle-commands';
import type { Step } from './cycle-commands';
import { median, percentile } from './figures';
import type { Figure } from './figures';
import { listenTo } from './listening';
import { Stack } from './stack';

const CYCLES = 30;
const ENTRIES = 5_000;
const SAMPLES = 12;
/** Each takes a long project of its own, since a project has its first wave of data once. */
const DATA_SAMPLES = 5;
const WARM_UP = 2;
const MOST = 2;
/** Steps of a cycle until its question is signed. */
const QUESTION_SIGNED = 4;

type Say = (line: string) => void;
interface Times {
  inLong: number[];
  inNew: number[];
}
type AllTimes = Map<string, Times>;

export async function p9Long(say: Say): Promise<Figure> {
  const stack = await new Stack().withPostgres();
  try {
    const setting = await (await Setting.open(await aDatabase())).withAgreement();
    const long = new CycleCommands(setting);
    await take(long.start());
    await lengthen(setting, long, say);
    await sayColdRead(setting, long.project, say);
    const times = new Map([...(await compared(setting, long)), ...(await comparedWithData(setting, say))]);
    await setting.close();
    const all = [...times].map(([what, { inLong, inNew }]) => {
      const [value, peer] = [median(inLong), median(inNew)];
      const both = (p: number) =>
        `${percentile(inLong, p).toFixed(1)} ms, new ${percentile(inNew, p).toFixed(1)} ms`;
      say(`P9: ${what}: ${both(50)}; p95 ${both(95)}`);
      return { what, value, peer, ratio: value / peer };
    });
    const worst = all.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    const where = `in a project of ${CYCLES} cycles and ${ENTRIES} entries`;
    return {
      ...{ id: 'P9-long', unit: 'ms', value: worst.value, peer: worst.peer, ratio: worst.ratio },
      what: `${worst.what} ${where}, the worst of ${all.length} commands, median`,
      ...{ goal: `≤ ${MOST}× in a new one`, met: worst.ratio <= MOST },
    };
  } finally {
    await stack.stop();
  }
}

/** Thirty cycles, and in each as much said, revised and recorded as makes five thousand entries. */
async function lengthen(setting: Setting, long: CycleCommands, say: Say, done = 0): Promise<void> {
  const started = performance.now();
  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    for (const step of long.cycle().slice(cycle === 1 ? done : 0)) {
      if (step.what === 'ProposeReflection')
        await fillUp(setting, long, Math.round((cycle * ENTRIES) / CYCLES));
      else if (step.what === 'ProposeQuestion') for (let n = 0; n < 20; n += 1) await take(long.question());
      await take(step);
    }
  }
  const { world } = await setting.ledger.world(long.project);
  const { cycles, version } = world.project;
  say(
    `P9: a project of ${cycles.length} cycles and ${version} entries after ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
}

/** Hypotheses, evidence and interpretations in turn, until the project has so many entries (but for the cycle's last six). */
async function fillUp(setting: Setting, long: CycleCommands, entries: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const { world } = await setting.ledger.world(long.project);
    if (world.project.version >= entries - 8) return;
    const steps = [long.hypothesis(), long.evidence(), long.interpretation('researcher', 'RESEARCHER')];
    const step = steps[n % steps.length];
    if (step) await take(step);
  }
}

/** Cycle after cycle in the long project, each command right after the same in a new one. */
async function compared(setting: Setting, long: CycleCommands): Promise<AllTimes> {
  const times: AllTimes = new Map();
  for (let sample = 0; sample < SAMPLES + WARM_UP; sample += 1) {
    const fresh = new CycleCommands(setting);
    await take(fresh.start());
    const inNewSteps = fresh.cycle();
    for (const [n, step] of long.cycle().entries()) {
      const same = inNewSteps[n];
      if (!same) throw new Error('both take the same steps');
      const inNew = await take(same);
      const inLong = await take(step);
      if (sample < WARM_UP) continue;
      const found = timesOf(times, step.what);
      found.inLong.push(inLong);
      found.inNew.push(inNew);
    }
  }
  return times;
}

/** From the request to a registered run, in long projects and in new ones by turns; every process has read the project before. */
async function comparedWithData(setting: Setting, say: Say): Promise<AllTimes> {
  const times: AllTimes = new Map();
  let into: keyof Times | null = null;
  listenTo(setting, (what, took) => into && timesOf(times, what)[into].push(took));
  const waited = async (where: keyof Times, of: Setting, before: (of: Setting) => Promise<void>) => {
    await permitted(of, async () => {
      await before(of);
      for (const { ledger } of Object.values(of.processes)) await ledger.world(of.project);
      into = where;
    });
    into = null;
  };
  for (let sample = 0; sample < DATA_SAMPLES; sample += 1) {
    await waited('inLong', setting.withAnotherProject(), async (long) => {
      await settledQuestion(long);
      const commands = new CycleCommands(setting, long.project);
      await lengthen(setting, commands, say, QUESTION_SIGNED);
      for (const step of commands.cycle().slice(0, QUESTION_SIGNED)) await take(step);
    });
    await waited('inNew', setting.withAnotherProject(), settledQuestion);
  }
  return times;
}

function timesOf(times: AllTimes, what: string): Times {
  const found = times.get(what) ?? { inLong: [], inNew: [] };
  times.set(what, found);
  return found;
}

/** What the first command of a process waits for besides: all entries read, checked and folded. */
async function sayColdRead({ db }: Setting, project: string, say: Say): Promise<void> {
  const cold = await openLedger({ url: db.urls.API });
  const started = performance.now();
  await cold.ledger.world(project);
  say(`P9: read by a process that has not seen it: ${(performance.now() - started).toFixed(0)} ms`);
  await cold.close();
}

async function take(step: Step): Promise<number> {
  const work = await step.ready();
  const started = performance.now();
  await work();
  return performance.now() - started;
}

// P4: ten thousand waiting projects at rest: the worker's memory, queries a second of every process, and how long histories are.
import type { Crowd } from './crowd';
import { PROJECTS } from './crowd';
import { within } from './figures';
import type { Figure } from './figures';
import { residentMiB } from './memory';
import { Statements } from './statements';

const AT_REST_MS = 60_000;

export async function p4(say: (line: string) => void, crowd: Crowd): Promise<Figure[]> {
  await crowd.begin(say);
  for (const name of ['worker', 'analysis', 'courier', 'api', 'portal'])
    say(
      `P4: ${name}: ${memory(crowd, name, 'VmRSS')} MB resident, ${memory(crowd, name, 'VmHWM')} MB at most so far`,
    );
  const queries = await atRest(say, crowd);
  const projects = `${PROJECTS} waiting projects`;
  return [
    within(
      figure(
        'P4-memory',
        `worker’s largest resident memory, ${projects}`,
        memory(crowd, 'worker', 'VmHWM'),
        'MB',
      ),
      512,
    ),
    within(figure('P4-queries', `statements of all processes at rest, ${projects}`, queries, 'a second'), 10),
  ];
}

const figure = (id: string, what: string, value: number, unit: string) => ({ id, what, value, unit });

function memory({ stack }: Crowd, name: string, which: 'VmRSS' | 'VmHWM'): number {
  return Math.round(residentMiB(stack.pid(name), which));
}

/** Statements a second that clients send, whatever they are; what runs inside of functions is part of one. */
async function atRest(say: (line: string) => void, { setting, stack }: Crowd): Promise<number> {
  const statements = await Statements.listen(setting.db, stack.log('postgres'));
  await new Promise((resolve) => setTimeout(resolve, AT_REST_MS));
  const heard = await statements.stop();
  for (const [what, count] of heard.commonest(8)) say(`P4: at rest ${count} × ${what}`);
  return heard.count / (AT_REST_MS / 1000);
}

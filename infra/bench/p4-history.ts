// P4, third figure: the history events of a whole cycle with data, of every workflow of its project, through the running engine.
import { workflowId } from '#libs/contracts';
import { commitText } from '#libs/ledger';
import { Journey } from '../../apps/worker/testing/journey';
import type { Crowd } from './crowd';
import { median, within } from './figures';
import type { Figure } from './figures';

const MOST = 400;
/** How many wakes are joined is a matter of moments. */
const CYCLES = 3;
const LOOK_EVERY_MS = 250;

export async function p4History(say: (line: string) => void, crowd: Crowd): Promise<Figure> {
  const counts: number[] = [];
  for (let n = 0; n < CYCLES; n += 1) {
    const events = await wholeCycle(crowd);
    const kinds = [...events].map(([kind, count]) => `${kind} ${count}`);
    counts.push([...events.values()].reduce((sum, count) => sum + count, 0));
    say(`P4: a cycle with data left ${counts.at(-1)} events: ${kinds.join(', ')}`);
  }
  const what = `history events of a whole cycle with data, of all workflows of its project, median of ${CYCLES}`;
  return within({ id: 'P4-history', what, unit: 'events', value: median(counts) }, MOST);
}

/** Question, request, deposit, release, run and seven kinds of sign-off, to a settled refinement. */
async function wholeCycle(crowd: Crowd): Promise<Map<string, number>> {
  const setting = crowd.setting.withAnotherProject();
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  const journey = new Journey(setting, crowd.stack.folder('vault'), pause);
  await begin(journey);
  for (const [name, take] of journey.steps) if (name !== 'begin') await take();
  await crowd.quiet();
  return eventsOf(crowd, setting.project);
}

/** The journey’s own beginning makes a programme; this one is of the crowd’s. */
async function begin({ setting }: Journey): Promise<void> {
  const title = commitText('Did the programme raise earnings?');
  const start = { type: 'StartProject' as const, programme: setting.programme, title: title.commitment };
  const draft = { command: start, texts: [title] };
  await setting.ledger.startProject(setting.programme, setting.project, setting.as('lead'), draft);
  const [body, reference] = [commitText('A committee'), commitText('REC 1')];
  const expires = new Date(Date.now() + 500 * 86_400_000).toISOString();
  const ethics = { body: body.commitment, reference: reference.commitment, conditions: null, expires };
  await setting.onProject('lead', { command: { type: 'RecordEthics', ...ethics }, texts: [body, reference] });
}

/** By kind of workflow, all of its runs together. */
async function eventsOf({ temporal }: Crowd, project: string): Promise<Map<string, number>> {
  const events = new Map<string, number>();
  for (const kind of Object.keys(workflowId)) {
    for await (const { workflowId: id, runId } of temporal.workflow.list({
      query: `WorkflowId STARTS_WITH '${kind}/${project}'`,
    })) {
      const history = await temporal.workflow.getHandle(id, runId).fetchHistory();
      events.set(kind, (events.get(kind) ?? 0) + (history.events ?? []).length);
    }
  }
  return events;
}

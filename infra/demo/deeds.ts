// What happens in every cycle: a deposit is prepared and made, a release opens, an analysis runs and is checked.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Done } from './api';
import { PERSON_COLUMN } from './data-terms';
import type { ShownResult } from './results';
import type { AnyTour } from './tour';
import type { Deposit, Output, Release } from './views';

/** The deposit that waits for a request's data. */
function awaitInvitation(tour: AnyTour, request: string, by: string): Promise<Deposit> {
  return tour
    .wait(
      `the deposit for ${request} to be open`,
      () => deposits(tour, request, by),
      (all) => all.at(-1)?.status === 'INVITED',
      (all) => `it is ${all.at(-1)?.status ?? 'not there'}`,
    )
    .then((all) => all.at(-1) as Deposit);
}

const deposits = async (tour: AnyTour, request: string, by: string): Promise<Deposit[]> => {
  const { items } = await tour.as(by).get<{ items: Deposit[] }>(tour.at('/deposits?limit=100'));
  return items.filter((deposit) => deposit.request === request);
};

function awaitCheck(tour: AnyTour, id: string, by: string): Promise<Deposit> {
  return tour.wait(
    `the check of deposit ${id}`,
    () => look(tour, id, by),
    ({ outcome }) => outcome !== null,
    ({ status }) => `it is ${status}`,
  );
}

/** Deposits a file for a granted request and waits for its check; gives the deposit with its outcome. */
export async function deposit(
  tour: AnyTour,
  request: string,
  file: Uint8Array<ArrayBuffer>,
  by = 'holder',
): Promise<Checked> {
  const { id } = await awaitInvitation(tour, request, by);
  try {
    await tour.as(by).put(tour.at(`/deposits/${id}/file`), 'text/csv', file);
  } catch (error) {
    // The connection broke, or a repeat came second: whether it arrived, the deposit itself says.
    const { received } = await look(tour, id, by);
    if (received === null) throw error;
  }
  const { outcome } = await awaitCheck(tour, id, by);
  return { id, isAccepted: outcome?.accepted === true };
}

export interface Checked {
  readonly id: string;
  readonly isAccepted: boolean;
}

const look = (tour: AnyTour, id: string, by: string): Promise<Deposit> =>
  tour.as(by).get<Deposit>(tour.at(`/deposits/${id}`));

/** A holder's own file, and its column that says whose record a row is. */
export interface RawFile {
  readonly file: string;
  readonly person: string;
  readonly plan?: HolderPlan;
  /** Linked across holders: the holder's row keys, the linker's map of them, and the linkage key. */
  readonly linked?: { readonly rowKeys: string; readonly map: string; readonly key: string };
}

/** How the holder makes the granted fields, and the tables of its own that this needs, by name. */
export interface HolderPlan {
  readonly fields: Readonly<Record<string, object>>;
  readonly tables: Readonly<Record<string, string>>;
}

/** Runs `parley prepare` on the holder's own machine, and gives what it wrote and what it said. */
export async function prepare(
  tour: AnyTour,
  depositAs: object,
  from: RawFile = { file: tour.places.data, person: PERSON_COLUMN },
): Promise<{ file: Uint8Array<ArrayBuffer>; said: string }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'holder-'));
  try {
    const at = (name: string) => path.join(directory, name);
    await writeFile(at('grant.json'), JSON.stringify(depositAs));
    const flags = ['--spec', at('grant.json'), '--in', from.file, '--out', at('prepared.csv')];
    if (from.plan) {
      const { fields, tables } = from.plan;
      await writeFile(at('plan.json'), JSON.stringify({ fields }));
      for (const [name, text] of Object.entries(tables)) await writeFile(at(name), text);
      flags.push('--plan', at('plan.json'));
    }
    if (from.linked) flags.push('--row-keys', from.linked.rowKeys, '--link-map', from.linked.map);
    flags.push('--pseudonym', from.person, '--key-file', from.linked?.key ?? at('holder.key'), '--yes');
    const said = await parley(tour, ['prepare', ...flags]);
    return { file: new Uint8Array(await readFile(at('prepared.csv'))), said };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs the command line on somebody's own machine; gives what it said. Where it refused, its own words are the error. */
export async function parley(tour: AnyTour, words: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? '' };
  try {
    return (await promisify(execFile)(process.execPath, [tour.places.cli, ...words], { env })).stdout;
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    throw new Error(`\`parley ${words[0]}\` refused:\n${stderr.trim() || message}`, { cause });
  }
}

export function awaitRelease(tour: AnyTour, id: string, status: string): Promise<Release> {
  return tour.wait(
    `the release ${id} to be ${status}`,
    () => tour.as('lead').get<Release>(tour.at(`/releases/${id}`)),
    (release) => release.status === status,
    ({ status: is, gate }) => {
      const missing = (gate?.missing ?? []).map(({ reason }) => reason).join('; ');
      return missing === '' ? `it is ${is}` : `it is ${is}, and lacks: ${missing}`;
    },
  );
}

export interface Plan {
  readonly release: string;
  /** `descriptive`, if not given. */
  readonly method?: string;
  readonly params: object;
  readonly hypothesis: string;
  readonly support: string;
  /** What it does with its fields, when and about whom; and the hypothesis it tests. */
  readonly use?: string;
  readonly window?: object;
  readonly subpopulation?: object;
  readonly tests?: string;
}

interface Run {
  readonly id: string;
  readonly status: string;
  readonly ended: { readonly because: string | null } | null;
}

/** Registers the analysis and follows its run by the events that the API sends. */
async function ran(tour: AnyTour, plan: Plan): Promise<Run> {
  const researcher = tour.as('researcher');
  const { id } = await researcher.post<Done>(tour.at('/analyses'), { method: 'descriptive', ...plan });
  await researcher.follow(tour.at(`/analyses/${id}/events`), () => undefined);
  return researcher.get<Run>(tour.at(`/analyses/${id}`));
}

/** A run that leaves a result to check. */
export async function analyse(tour: AnyTour, plan: Plan): Promise<string> {
  const { id, status, ended } = await ran(tour, plan);
  if (status !== 'UNCHECKED' && status !== 'CHECKED')
    throw new Error(`The analysis ${id} ended ${status}, with nothing to check. ${ended?.because ?? ''}`);
  return id;
}

/** A run that the data cannot answer; gives the reason, in the engine's words. */
export async function unanswered(tour: AnyTour, plan: Plan): Promise<string> {
  const { id, status, ended } = await ran(tour, plan);
  if (ended?.because) return ended.because;
  throw new Error(`The analysis ${id} ended ${status}: it should have been left without an answer`);
}

/** The checker looks at the result and decides, by account. */
export async function checkOutput(tour: AnyTour, analysis: string): Promise<void> {
  const checker = tour.as('checker');
  await checker.get<ShownResult>(tour.at(`/analyses/${analysis}/result`));
  const { core, cover, result, findings } = await checker.get<Output>(tour.at(`/outputs/${analysis}`));
  if (result === 'CHECKED') return;
  const toDecide = (findings ?? []).filter(({ verdict }) => verdict === 'review');
  const reason = 'Every cell shown rests on enough people; the cells that do not are hidden.';
  const decision = {
    ...{ choice: 'APPROVED', core, cover, signedAs: tour.cast.people['checker']?.name, reason },
    findings: toDecide.map(({ id, rule, table }) => ({ finding: id, reason: whyItMayStand(rule, table) })),
  };
  await checker.post(tour.at(`/outputs/${analysis}/decision`), decision);
}

/** What the checker looked at, where a rule cannot say by itself whether a number may be shown. */
function whyItMayStand(rule: string, table: string): string {
  return rule === 'differencing'
    ? `No table shown before holds the groups of "${table}" with a few people more or fewer.`
    : `Looked at "${table}" with the rule "${rule}" in mind: each number rests on many people, none of whom stands out.`;
}

/** As the researcher reads it, once checked. */
export const resultOf = (tour: AnyTour, analysis: string): Promise<ShownResult> =>
  tour.as('researcher').get<ShownResult>(tour.at(`/analyses/${analysis}/result`));

/** Waits until the ledger says that a stage stands where it should. */
export function awaitStage(tour: AnyTour, stage: string, ...statuses: string[]): Promise<unknown> {
  const statusIn = (overview: Awaited<ReturnType<AnyTour['overview']>>) =>
    overview.cycle?.stages.find((each) => each.stage === stage)?.status;
  return tour.wait(
    `the stage ${stage} to be ${statuses.join(' or ')}`,
    () => tour.overview(),
    (overview) => statuses.includes(statusIn(overview) ?? ''),
    (overview) => `it is ${statusIn(overview) ?? 'not there'}`,
  );
}

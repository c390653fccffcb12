// Runs of analyses: a leased read of one release, a method in its own process, a sealed result.
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import { reference } from '#libs/contracts';
import { resultsBeside } from '#libs/domain';
import type { Analysis, Instant, Release, RunOutcome, World } from '#libs/domain';
import { keepResultPart, Refused } from '#libs/ledger';
import type { Ledger } from '#libs/ledger';
import { runLeased } from '#libs/vault';
import type { ReleaseData, ReleaseManifest, Vault } from '#libs/vault';
import { step, TAKEN } from '../answers';
import type { Step } from '../answers';
import { compute } from './compute';
import type { ComputeLimits } from './compute';
import { bindingOf, commitmentsIn } from './binding';
import { computationOf, manifestOf } from './input';
import { shownEarlier } from './shown';
import { computedBy, findingsToDecide, resultContent, resultFiles, textsIn } from './result';
import { verdictOn } from './verdict';

export interface AnalysisInput {
  project: string;
  analysis: string;
}

/** What API and terminal follow: the first heartbeat detail of a running analysis. */
export interface RunProgress {
  /** From 0 to 1, of what began at `startedAt`; the release is opened before that. */
  done: number;
  step: string;
  startedAt: Instant;
  /** When it was so far, by the same clock. */
  at: Instant;
}

export interface AnalysisDeps {
  ledger: Ledger;
  vault: Vault;
  dataSource: DataSource;
  /** What the computing process may take; the engine's own if not given. */
  limits?: Partial<ComputeLimits>;
}

const BEAT_EVERY_MS = 1_000;
/** How long Postgres gives a lease for (DESIGN § The vault). */
const LEASE_MS = 5_000;

const clock = (): Instant => new Date().toISOString();

interface Run {
  at: AnalysisInput;
  world: World;
  now: Instant;
  analysis: Analysis;
  release: Release;
}

export function createAnalysisActivities(deps: AnalysisDeps) {
  const { ledger } = deps;

  async function find(at: AnalysisInput): Promise<Run> {
    const { world, now } = await ledger.world(at.project);
    const analysis = world.project.analyses[at.analysis];
    const release = analysis && world.project.releases[analysis.release];
    if (!analysis || !release) throw new Error(`The project ${at.project} has no analysis ${at.analysis}.`);
    return { at, world, now, analysis, release };
  }

  const end = (at: AnalysisInput, outcome: RunOutcome, reason: string): Promise<Step> =>
    step(() =>
      ledger.endAnalysis(at.project, null, {
        command: { type: 'EndAnalysis', analysis: at.analysis, outcome, result: null, object: null, reason },
      }),
    );

  return {
    async readRun(at: AnalysisInput): Promise<{ isGoing: boolean }> {
      const { world } = await ledger.world(at.project);
      return { isGoing: world.project.analyses[at.analysis]?.ended === null };
    },

    /** Reads, computes, seals and records; or records why not. Repeating it after a crash opens a new read. */
    async runAnalysis(at: AnalysisInput): Promise<Step> {
      const run = await find(at);
      if (run.analysis.ended) return TAKEN;
      const startedAt = clock();
      const progress: RunProgress = { done: 0, step: 'opening the release', startedAt, at: startedAt };
      heartbeat(progress);
      const beat = setInterval(() => heartbeat(progress), BEAT_EVERY_MS);
      try {
        const refused = await readAndCompute(deps, run, progress);
        return refused === null ? TAKEN : await end(at, 'FAILED', refused);
      } catch (error) {
        const verdict = verdictOn(error, activityInfo().attempt);
        if (verdict === null) throw error;
        return await end(at, verdict.outcome, verdict.reason);
      } finally {
        clearInterval(beat);
      }
    },
  };
}

/** Opens the read and keeps its lease while working; a lost lease ends everything that reads, at once. */
async function readAndCompute(deps: AnalysisDeps, run: Run, progress: RunProgress): Promise<string | null> {
  const { ledger } = deps;
  const since = performance.now();
  const { lease, keyPart } = await ledger.openRead(run.at.project, run.at.analysis);
  const lasting = { lengthMs: LEASE_MS, since, renew: () => ledger.renewLease(lease.lease) };
  return runLeased(
    lasting,
    (signal) => work(deps, { ...run, lease: lease.lease, keyPart, progress, signal }),
    {
      signal: cancellationSignal(),
    },
  );
}

type LeasedRun = Run & { lease: string; keyPart: Buffer; progress: RunProgress; signal: AbortSignal };

/** Null when the result was recorded, otherwise why the data cannot answer what was asked. */
async function work(deps: AnalysisDeps, run: LeasedRun): Promise<string | null> {
  const { ledger, vault } = deps;
  const { at, release, signal } = run;
  const manifest = await manifestOf(ledger, release);
  const stored = { release: reference(at.project, release.id), objectId: release.sealed?.object ?? '' };
  const data = await vault.readRelease({ ...stored, manifest, partA: run.keyPart }, { signal });
  for (;;) {
    // Looked up anew each time: runs of the same project may end while this one computes.
    const { world } = await ledger.world(at.project);
    const refused = await computeAndRecord(deps, { ...run, world }, manifest, data);
    if (refused !== ANEW) return refused;
  }
}

/** Another result came while this one was checked against those there were: it is checked against that, too. */
const ANEW = Symbol('anew');

async function computeAndRecord(
  deps: AnalysisDeps,
  run: LeasedRun,
  manifest: ReleaseManifest,
  data: ReleaseData,
): Promise<string | null | typeof ANEW> {
  const { ledger, vault, dataSource, limits } = deps;
  const { at, analysis, signal } = run;
  const startedAt = clock();
  const tell = (done: number, step: string) =>
    void Object.assign<RunProgress, RunProgress>(run.progress, { done, step, startedAt, at: clock() });
  const binding = bindingOf(run, await ledger.texts(commitmentsIn(run)), run.now);
  const { shown, compared } = await shownEarlier(deps, { ...run, rows: manifest.rows });
  const computation = computationOf(run, data, { ...binding, earlier: shown });
  const computed = await compute(computation, signal, tell, limits);
  if (computed.type === 'refused') return computed.reason;

  const now = await ledger.world(at.project);
  if (resultsBeside(now.world.project, analysis).some(({ id }) => !compared.includes(id))) return ANEW;
  tell(1, 'sealing the result');
  const findings = findingsToDecide(computed.findings);
  const result = reference(at.project, at.analysis);
  const partA = await keepResultPart(dataSource, at.project, at.analysis);
  const code = computedBy(computed);
  const sealed = await vault.storeResult({ result, files: resultFiles(computed, findings), partA });
  const words = await ledger.texts(textsIn(analysis));
  const { content, contents } = resultContent(
    run,
    { ...sealed.manifest, findings, code },
    manifest,
    computed.diagnostics,
    words,
  );
  const command = { type: 'EndAnalysis', analysis: analysis.id, outcome: 'COMPLETED', reason: null } as const;
  try {
    // Recorded only if the release may still be read, and no other result came, in that very transaction.
    await ledger.endAnalysis(at.project, run.lease, {
      command: { ...command, result: content, object: sealed.objectId, findings, code, compared },
      contents,
    });
  } catch (error) {
    if (error instanceof Refused && error.refusal.rule === 'RESULTS_SINCE') return ANEW;
    throw error;
  }
  return null;
}

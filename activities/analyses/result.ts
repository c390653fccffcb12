// What `OUTPUT` signs: a result's manifest as core, how it was made as cover. Pure but for the salt.
import { canonicalText, signContent } from '#libs/ledger';
import { computingCode, drawPlot } from '#libs/vault/results';
import { exceptionsFor } from '#libs/domain';
import type {
  Analysis,
  Caveat,
  ComputedBy,
  OutputException,
  OutputFinding,
  Release,
  World,
} from '#libs/domain';
import { PACKAGES } from '#libs/statistics';
import type { RunOutcome } from '#libs/statistics';
import type { ReleaseManifest, ResultManifest } from '#libs/vault';
import { shownFile } from './shown';

type Diagnostics = RunOutcome['diagnostics'];

/** The methods as this process has them: a result is made by them, in a process that it starts. */
const METHODS = computingCode(require.resolve('#libs/statistics'), PACKAGES);

export const computedBy = ({ result }: Pick<RunOutcome, 'result'>): ComputedBy => ({
  ...{ version: result.version, digest: METHODS.digest },
});

/** What was not simply passed, rule by rule and table by table: names without numbers, for the ledger. */
export function findingsToDecide(findings: RunOutcome['findings']): OutputFinding[] {
  const places = new Map<string, Omit<OutputFinding, 'id'>>();
  for (const { rule, table, verdict } of findings)
    if (verdict !== 'pass') places.set(placeOf({ rule, table, verdict }), { rule, table, verdict });
  return [...places.values()].map((place, index) => ({ id: `f${index + 1}`, ...place }));
}

const placeOf = ({ rule, table, verdict }: Omit<OutputFinding, 'id'>): string =>
  JSON.stringify([rule, table, verdict]);

/** `findings.json` holds counts behind suppressed cells, each with the id it is decided by: for output checkers, never for readers. */
export function resultFiles(
  { result, findings, shown }: RunOutcome,
  toDecide: readonly OutputFinding[],
): { name: string; bytes: Buffer }[] {
  const ids = new Map(toDecide.map(({ id, ...place }) => [placeOf(place), id]));
  const told = findings.map((finding) =>
    finding.verdict === 'pass'
      ? finding
      : { ...finding, id: ids.get(placeOf({ ...finding, verdict: finding.verdict })) },
  );
  return [
    { name: 'result.json', bytes: Buffer.from(canonicalText(result)) },
    { name: 'findings.json', bytes: Buffer.from(canonicalText(told)) },
    shownFile(shown),
    ...result.plots.map((plot, index) => ({
      name: `plot-${index + 1}.svg`,
      bytes: Buffer.from(drawPlot(plot)),
    })),
  ];
}

export function resultContent(
  run: { at: { project: string }; world: World; analysis: Analysis; release: Release },
  result: ResultManifest & { findings: OutputFinding[]; code: ComputedBy },
  input: ReleaseManifest,
  diagnostics: Diagnostics,
  texts: Map<string, string>,
) {
  const { analysis, release } = run;
  return signContent(
    {
      format: 1,
      kind: 'OUTPUT',
      project: run.at.project,
      analysis: analysis.id,
      release: release.id,
      method: analysis.method,
      code: result.code,
      question: analysis.question,
      boundary: analysis.boundary,
      inputDigest: input.sha256,
      files: result.files,
      tests: analysis.tests ?? null,
      use: analysis.intention ?? 'unsaid: everything the release allows',
      findings: result.findings,
      exceptions: exceptionsFor(run.world, analysis).map(exceptionShown),
      caveats: (analysis.caveats ?? []).map((caveat) => inWords(caveat, texts)),
    },
    { format: 1, kind: 'RUN', engine: input.engine, diagnostics },
  );
}

/** Who let what be shown that a rule had kept back; the reasons stand in the ledger. */
const exceptionShown = ({ id, rule, table, person, granted }: OutputException) => ({
  ...{ id, rule, table, proposedBy: person, grantedBy: granted?.person ?? null },
});

/** The commitments in a run's caveats, to be looked up before its result is put up for checking. */
export const textsIn = ({ caveats = [] }: Analysis): string[] =>
  caveats.flatMap(({ text, seriesBreak }) => [text, seriesBreak?.cause ?? null].filter((t) => t !== null));

/** A caveat travels with its words, so that whoever holds the result holds them too; erased words stay erased. */
const inWords = ({ text, seriesBreak, ...caveat }: Caveat, texts: Map<string, string>) => ({
  ...{ ...caveat, text: text && (texts.get(text) ?? null) },
  seriesBreak: seriesBreak && { at: seriesBreak.at, cause: texts.get(seriesBreak.cause) ?? null },
});

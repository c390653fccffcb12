// What `OUTPUT` signs: a result's manifest as core, how it was made as cover. Pure but for the salt.
import { canonicalText, signContent } from '#libs/ledger';
import { drawPlot } from '#libs/vault/results';
import type { Analysis, Release } from '#libs/domain';
import type { RunOutcome } from '#libs/statistics';
import type { ReleaseManifest, ResultManifest } from '#libs/vault';

type Diagnostics = RunOutcome['diagnostics'];

/** `findings.json` holds counts behind suppressed cells: for output checkers, never for readers. */
export function resultFiles({ result, findings }: RunOutcome): { name: string; bytes: Buffer }[] {
  return [
    { name: 'result.json', bytes: Buffer.from(canonicalText(result)) },
    { name: 'findings.json', bytes: Buffer.from(canonicalText(findings)) },
    ...result.plots.map((plot, index) => ({
      name: `plot-${index + 1}.svg`,
      bytes: Buffer.from(drawPlot(plot)),
    })),
  ];
}

export function resultContent(
  run: { at: { project: string }; analysis: Analysis; release: Release },
  result: ResultManifest,
  input: ReleaseManifest,
  diagnostics: Diagnostics,
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
      question: analysis.question,
      boundary: analysis.boundary,
      inputDigest: input.sha256,
      files: result.files,
    },
    { format: 1, kind: 'RUN', engine: input.engine, diagnostics },
  );
}

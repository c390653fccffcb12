// The caveats a result carries: as they were when the run was registered, and as they are now.
import { caveatsFor } from '#libs/domain';
import type { Analysis, Caveat, World } from '#libs/domain';
import { said } from '../http/said';

/** As they stood when the run was registered, and as they stand now: what is said later concerns the result too. */
export function caveatsView({ project }: World, analysis: Analysis) {
  const release = project.releases[analysis.release];
  const now = release ? caveatsFor(project, release, analysis.intention ?? {}) : [];
  return { caveats: (analysis.caveats ?? []).map(caveatView), caveatsNow: now.map(caveatView) };
}

const caveatView = ({ text, seriesBreak, ...caveat }: Caveat) => ({
  ...{ ...caveat, text: said(text) },
  seriesBreak: seriesBreak && { at: seriesBreak.at, cause: said(seriesBreak.cause) },
});

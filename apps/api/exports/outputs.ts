// Which results an export carries: those whose check stands, as far as they may be opened by whoever exports.
import { resultStatus } from '#libs/domain';
import type { Analysis } from '#libs/domain';
import type { Output } from '#libs/export';
import { Refused } from '#libs/ledger';
import { sha256Hex } from '#libs/log';
import type { Results } from '../analyses/results';
import { worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { ProblemError } from '../problems/problem';

type Files = ReadonlyMap<string, Buffer>;

/** Counts behind suppressed cells stay with checkers, whoever exports. */
const STAYS = 'findings.json';
const NONE: Files = new Map();

/** Each is looked at once and opened anew when it is written: a project may have more of them than memory holds. */
export async function releasedOutputs(results: Pick<Results, 'open'>, call: Call): Promise<Output[]> {
  const world = worldOf(call);
  const open = oneAtATime((analysis) => results.open(call, analysis));
  const found: Output[] = [];
  for (const analysis of Object.values(world.project.analyses)) {
    if (!['CHECKED', 'FLAGGED'].includes(resultStatus(world, analysis, call.now))) continue;
    const files = await open(analysis).catch((error: unknown) => {
      if (isClosed(error)) return NONE;
      throw error;
    });
    for (const [name, file] of files) {
      if (name === STAYS) continue;
      const [path, size, digest] = [`${analysis.id}/${name}`, file.length, sha256Hex(file)];
      const bytes = async () => (await open(analysis)).get(name) ?? gone(path);
      found.push({ path, size, digest, bytes });
    }
  }
  return found;
}

/** Not for whoever exports, or for nobody while the gates are closed (I13): what is recorded is exported all the same. */
const isClosed = (error: unknown): boolean =>
  error instanceof ProblemError || (error instanceof Refused && error.refusal.rule === 'LOG_CLOSED');

/** Keeps the files of the result opened last: its other files are asked for next. */
function oneAtATime(open: (analysis: Analysis) => Promise<Files>): (analysis: Analysis) => Promise<Files> {
  let last: { id: string; files: Promise<Files> } | null = null;
  return (analysis) => {
    if (last?.id !== analysis.id) last = { id: analysis.id, files: open(analysis) };
    return last.files;
  };
}

function gone(path: string): never {
  throw new Error(`The output ${path} was closed while it was exported; export again.`);
}

// The computing process: holds one release in memory for one run, and ends with its parent. No network, no files, no environment.
import {
  coarserIn,
  InputRefused,
  distinctIn,
  MethodName,
  publishedUnits,
  restrictedTo,
  runMethod,
  strictest,
  within,
} from '#libs/statistics';
import type { Against, MethodInput } from '#libs/statistics';
import type { Computation, ComputeMessage } from './protocol';

// Without its parent nobody renews the lease: stop at once, whatever is being computed.
process.on('disconnect', () => process.exit(0));
process.on('message', (computation: Computation) => say(compute(computation)));
say({ type: 'ready' });

function say(message: ComputeMessage): void {
  process.send?.(message);
}

function compute({
  method,
  params,
  data,
  thresholds,
  against,
  published = [],
  impossible = [],
  subpopulation,
  window,
}: Computation): ComputeMessage {
  try {
    const progress = (done: number, step: string) => say({ type: 'progress', done, step });
    const all = withUnits(data);
    const { earlier } = against;
    const beside = earlier ? { earlier: [...publishedUnits(all, published), ...earlier] } : {};
    const meant = subpopulation ? restrictedTo(all, subpopulation) : all;
    const read = window ? within(meant, window) : meant;
    const outcome = runMethod(MethodName.parse(method), read, params, {
      thresholds: strictest(thresholds),
      against: { ...against, ...beside, coarser: coarserIn(data, forbiddenIn(against)) },
      impossible,
      progress,
    });
    return { type: 'done', ...outcome };
  } catch (error) {
    if (error instanceof InputRefused) return { type: 'refused', reason: error.code };
    return { type: 'failed', error: error instanceof Error ? error.name : 'unknown' };
  }
}

const forbiddenIn = ({ conditions = [] }: Against): string[] =>
  conditions.flatMap(({ kind, value }) => (kind === 'NO_BREAKDOWN_BY' ? [value] : []));

/** Each row's person as a position in the release, the same in every read of it: what differencing compares. */
function withUnits(data: MethodInput): MethodInput {
  if (data.shape === 'cells') return data;
  const rows = Uint32Array.from({ length: data.rows }, (_, row) => row);
  const people = data.people === undefined ? undefined : data.columns[data.people];
  if (people === undefined) return { ...data, units: rows };
  const { code, first } = distinctIn(people, rows);
  return { ...data, units: rows.map((row) => first[code[row]!] ?? row) };
}

// `parley prepare link`: the linker's own machine, where identifiers without any payload become a key map, and end.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { refuseExisting, writeSynced } from '../in-place';
import { PrepareRefused, told } from '../refused';
import { destroy, mapText, readIdentifiers, readReview, reviewText } from './files';
import { link } from './linkage';
import type { Linkage } from './linkage';
import { reportOf } from './report';
import type { LinkReport } from './report';
import { forgetReviews, notedReviews, noteReview } from './reviews';

export interface LinkRequest {
  /** One file of identifiers a holder, made by `parley prepare identifiers`; its name is the holder's. */
  readonly files: readonly string[];
  readonly out: string;
  readonly review?: string | undefined;
  readonly by: string;
  readonly link?: number;
  readonly doubtful?: number;
  /** Keep the identifiers: only while pairs wait for review. */
  readonly now?: () => Date;
}

export interface LinkDone {
  readonly report: LinkReport;
  /** Where doubtful pairs wait; null where the linkage is finished and the identifiers are gone. */
  readonly review: string | null;
  /** Files with identifiers that were written here and could not be destroyed, since they are not where they were. */
  readonly left: readonly string[];
}

/**
 * Links, and writes the doubtful pairs for review if there are any. Only when none is left are the key maps and the report
 * written, and then the identifiers are destroyed and that recorded.
 */
export async function linkFiles(request: LinkRequest): Promise<LinkDone> {
  const { files, out } = request;
  if (files.length < 2) throw new PrepareRefused('Linkage needs the identifiers of at least two holders.');
  const thresholds = { link: request.link ?? 0.99, doubtful: request.doubtful ?? 0.5 };
  if (!(thresholds.doubtful > 0 && thresholds.doubtful <= thresholds.link && thresholds.link < 1))
    throw new PrepareRefused('Say probabilities: 0 < doubtful ≤ link < 1.');
  const holders = await Promise.all(files.map(readIdentifiers));
  const names = holders.map(({ holder }) => holder);
  if (new Set(names).size < names.length)
    throw new PrepareRefused('Two files have the same name, which is the name of their holder.');
  const reviewed = request.review === undefined ? () => null : await readReview(request.review);
  const linkage = link(holders, thresholds, reviewed);
  const report = reportOf(linkage, thresholds);
  await mkdir(out, { recursive: true, mode: 0o700 });
  const review = path.join(out, 'review.csv');
  if (linkage.doubtful.length > 0) {
    await refuseExisting(review);
    await noteReview(path.resolve(files[0]!), review);
    await writeSynced(review, reviewText(linkage));
    return { report, review, left: [] };
  }
  return { report, review: null, left: await finish(request, linkage, report) };
}

async function finish(
  request: LinkRequest,
  linkage: Linkage,
  report: LinkReport,
): Promise<readonly string[]> {
  const { files, out, by, review } = request;
  const at = (name: string) => path.join(out, name);
  for (const { holder } of linkage.holders) await refuseExisting(at(`${holder}.map.csv`));
  for (const { holder, linked } of linkage.holders)
    await writeSynced(at(`${holder}.map.csv`), mapText(linked));
  await writeSynced(at('report.json'), `${JSON.stringify(report, null, 2)}\n`);
  // The maps are on disk before what they were made from goes: holders' files, and doubtful pairs wherever they were written.
  const first = path.resolve(files[0]!);
  const written = await notedReviews(first);
  const all = [...files, ...(review === undefined ? [] : [review]), ...written].map((file) =>
    path.resolve(file),
  );
  const { destroyed, missing } = await destroy([...new Set(all)]);
  const paper = {
    ...{ format: 2, paper: 'destruction of identifiers', by, destroyed },
    left: missing.map((file) => ({
      file,
      why: 'doubtful pairs were written here, and the file was moved or removed before the linkage ended: whoever has it destroys it',
    })),
    at: (request.now?.() ?? new Date()).toISOString(),
    how: 'overwritten and removed; copies and backups made elsewhere are the linker’s to name',
  };
  await writeSynced(at('destruction.json'), `${JSON.stringify(paper, null, 2)}\n`);
  await forgetReviews(first);
  return missing;
}

export function registerLink(prepare: Command): void {
  prepare
    .command('link')
    .description(
      'for the linker: identifiers of several holders in, a key map for each out; the identifiers end here',
    )
    .argument('<files...>', 'one file of identifiers a holder, made by: parley prepare identifiers')
    .requiredOption('--out <directory>', 'where key maps, report and the record of destruction go')
    .requiredOption('--by <name>', 'who links, for the record of destruction')
    .option('--review <file>', 'the reviewed file of doubtful pairs')
    .option('--link <probability>', 'linked from this probability on', Number)
    .option('--doubtful <probability>', 'looked at by a person from this probability on', Number)
    .action((files: string[], flags: Omit<LinkRequest, 'files'>) =>
      told(async () => {
        process.stdout.write(describe(await linkFiles({ ...flags, files })));
      }),
    );
}

function describe({ report: { holders, forReview }, review, left }: LinkDone): string {
  const count = (value: number | null) => (value === null ? 'few' : value.toLocaleString('en-GB'));
  const lines = holders.map(
    ({ holder, people, matched, unmatched, duplicates }) =>
      `${holder}: ${count(people)} people, ${count(matched)} matched, ${count(unmatched)} not, ${count(duplicates)} more rows of the same people`,
  );
  const gone =
    left.length === 0
      ? 'The identifiers are destroyed; destruction.json says which and when.'
      : `Identifiers are left: ${left.join(', ')} is not where it was written, so it could not be destroyed. Find and destroy it; destruction.json names it.`;
  const next =
    review === null
      ? `Linked. ${gone} Give each holder its own map.`
      : `${forReview} pairs are doubtful. Write "match" or "no" for each in ${review}, then run again with --review ${review}. Nothing else was written.`;
  return `${[...lines, next].join('\n')}\n`;
}

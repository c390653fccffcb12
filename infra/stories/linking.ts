// Linkage in a story (B8): each holder on a machine of its own, the linker with identifiers alone, and nobody with everything.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parley } from '../demo/deeds';
import type { RawFile } from '../demo/deeds';
import type { Story } from './telling';

/** What a holder knows people by, and in which columns of which file. */
export interface Knowing {
  /** Who of the holder sends them. */
  readonly by: string;
  readonly organisation: string;
  readonly file: string;
  readonly person: string;
  readonly identifiers: readonly string[];
}

const IDENTIFIERS_SENT = 'Identifiers under random row keys: nothing of anybody’s health goes to the linker.';

/** Gives, for each holder, what its `parley prepare` is told so that linked people get one pseudonym. */
export async function linkedBy(
  story: Story,
  linker: string,
  holders: readonly [Knowing, Knowing],
): Promise<NonNullable<RawFile['linked']>[]> {
  const desk = deskOf(story);
  for (const each of holders)
    await story.step(
      `identifiers ${each.organisation}`,
      `${story.called(each.by)}, sends the linker whom it knows, by ${each.identifiers.join(', ')}`,
      IDENTIFIERS_SENT,
      () => identifiers(story, each),
    );
  const report = await story.step(
    'link',
    `${story.called(linker)}, links them, decides the doubtful pairs, and destroys the identifiers`,
    'A statutory authority, and neither researchers nor whoever runs the engine.',
    () => linked(story, linker, holders),
  );
  story.report.note(report);
  const [maker, other] = holders;
  await story.step(
    'linkage key',
    `${story.called(maker.by)}, makes the linkage key, and a copy that only ${story.cast.organisations[other.organisation]} can open`,
    'Without it link ids are no pseudonyms: the linker cannot find anybody in a deposit.',
    () => linkageKey(story, maker, other),
  );
  return holders.map(({ organisation }) => ({
    rowKeys: desk(organisation, 'row-keys.csv'),
    map: desk('linker', `done/${organisation}.map.csv`),
    key: desk(organisation, 'linkage.key'),
  }));
}

/** Somebody's own machine, as a folder beside the story's data. */
export const deskOf =
  ({ folder }: Story) =>
  (whose: string, name = '') =>
    path.join(folder, 'desks', whose, name);

async function identifiers(
  story: Story,
  { organisation, file, person, identifiers }: Knowing,
): Promise<void> {
  const desk = deskOf(story);
  const [out, keys] = [desk('linker', `${organisation}.csv`), desk(organisation, 'row-keys.csv')];
  await mkdir(desk(organisation), { recursive: true });
  await mkdir(desk('linker'), { recursive: true });
  // A step that was interrupted is done again from its beginning.
  for (const left of [out, keys]) await rm(left, { force: true });
  const columns = identifiers.flatMap((name) => [`--${name}`, name]);
  await parley(story, [
    ...['prepare', 'identifiers', '--in', file, '--person', person, '--out', out, '--keys', keys],
    ...columns,
  ]);
}

/** In the linker's words: how many were found, by rule, by probability and by looking at them. */
async function linked(story: Story, linker: string, holders: readonly Knowing[]): Promise<string> {
  const at = (name: string) => deskOf(story)('linker', name);
  const files = holders.map(({ organisation }) => at(`${organisation}.csv`));
  const by = story.cast.organisations[story.cast.people[linker]?.organisation ?? ''] ?? '';
  const link = (...more: string[]) =>
    parley(story, ['prepare', 'link', ...files, '--out', at('done'), '--by', by, ...more]);
  await rm(at('done'), { recursive: true, force: true });
  let said = await link();
  const review = at('done/review.csv');
  if (existsSync(review)) {
    const doubtful = await decided(review);
    said = await link('--review', review);
    story.memory.keep('doubtful pairs', doubtful);
  }
  const paper = JSON.parse(await readFile(at('done/destruction.json'), 'utf8')) as { destroyed: unknown[] };
  story.memory.keep('identifiers destroyed', paper.destroyed);
  story.memory.keep('linkage', JSON.parse(await readFile(at('done/report.json'), 'utf8')));
  return said.trim().split('\n').join(' ');
}

/** The linker looks at each doubtful pair: the same where two of surname, birth and postcode are. */
async function decided(review: string): Promise<number> {
  const [head = '', ...lines] = (await readFile(review, 'utf8')).trimEnd().split('\n');
  const names = head.split(',');
  const rows = lines.map((line) => {
    const values = line.split(',');
    const is = (name: string) => {
      const [a, b] = ['a', 'b'].map((side) => values[names.indexOf(`${side}_${name}`)] ?? '');
      return a !== '' && a === b;
    };
    const alike = ['surname', 'birth', 'postcode'].filter(is).length;
    values[names.indexOf('decision')] = alike >= 2 ? 'match' : 'no';
    return values.join(',');
  });
  await writeFile(review, `${[head, ...rows].join('\n')}\n`);
  return rows.length;
}

async function linkageKey(story: Story, maker: Knowing, other: Knowing): Promise<void> {
  const desk = deskOf(story);
  const [mine, theirs] = [desk(maker.organisation, 'linkage.key'), desk(other.organisation, 'linkage.key')];
  const pair = desk(other.organisation, 'own');
  for (const left of [mine, theirs, `${pair}.private`, `${pair}.public`, `${pair}.public.linkage-key`])
    await rm(left, { force: true });
  const command = (...words: string[]) => parley(story, ['prepare', 'linkage-key', ...words]);
  await command('pair', pair);
  await command('make', mine, `${pair}.public`);
  await command('open', `${pair}.public.linkage-key`, `${pair}.private`, theirs);
}

/** Who did not let their answers be linked is in no file that leaves the holder's desk. */
export async function consenting(
  story: Story,
  whose: string,
  source: string,
  column: string,
): Promise<string> {
  const [head = '', ...lines] = (await readFile(story.files[source] ?? '', 'utf8')).trimEnd().split('\r\n');
  const at = head.split(',').indexOf(column);
  const file = deskOf(story)(whose, `${source}.csv`);
  await mkdir(path.dirname(file), { recursive: true });
  const kept = lines.filter((line) => line.split(',')[at] === 'yes');
  await writeFile(file, `${[head, ...kept].join('\r\n')}\r\n`);
  return file;
}

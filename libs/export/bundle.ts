// An export from beginning to end: what is in it is listed, the list's digest is recorded, and then it is written.
import type { DataSource } from 'typeorm';
import type { ExportProfile, Instant, World } from '#libs/domain';
import { digestsIn, opener, shower } from '#libs/domain';
import type { EntryRead } from '#libs/domain';
import type { Language } from '#libs/language';
import { readLog } from '#libs/ledger';
import type { SignedHead } from '#libs/ledger';
import { bytesOf, sha256Hex } from '#libs/log';
import { questionIn } from '#libs/web';
import { crateText } from './crate';
import { ledgerFiles, openingLines } from './ledger-files';
import type { Discretion } from './ledger-files';
import { checked, digestOf, MANIFEST, manifestText } from './manifest';
import type { Listed } from './manifest';
import { contentBytes, contentsAmong, entriesOf } from './reading';
import type { UpTo } from './reading';
import type { Output } from './shown';
import { storyPage } from './story';
import { inPieces, whole, writeZip } from './zip';
import type { ExportFile } from './zip';

export interface Exporting {
  source: DataSource;
  world: World;
  now: Instant;
  profile: ExportProfile;
  texts: (commitments: string[]) => Promise<Map<string, string>>;
  /** Released outputs this export may carry. */
  outputs: readonly Output[];
  /** What the story is told in. */
  language: Language;
}

/** Everything but the ledger's own proof, listed; ready to be recorded, and then written. */
export interface Prepared {
  manifest: string;
  /** SHA-256 (hex) of the manifest. */
  digest: string;
  files: () => ExportFile[];
  discretion: Discretion;
}

/** Reads everything once and lists it. */
export async function prepareExport(exporting: Exporting): Promise<Prepared> {
  const { source, world, profile, now } = exporting;
  const discretion = { shows: shower(world, profile, now), opens: opener(world, profile, now) };
  const upTo = upToNow(world);
  const { contents, told } = await looked(exporting, upTo, discretion);
  const texts = await exporting.texts(told);
  const telling = { world, now, profile, texts, contents: new Set(contents), outputs: exporting.outputs };
  const questions = await questionsAmong(source, world, telling.contents);
  const pages = [
    { path: 'index.html', bytes: bytesOf(storyPage({ ...telling, questions }, exporting.language)) },
    { path: 'ro-crate-metadata.json', bytes: bytesOf(crateText(telling)) },
  ];
  const openings = () => inPieces(openingLines(source, upTo, discretion));
  const files: (Listed & { body: () => AsyncIterable<Uint8Array> })[] = [
    ...pages.map(({ path, bytes }) => ({ path, digest: sha256Hex(bytes), body: () => whole(bytes) })),
    ...exporting.outputs.map((output) => ({
      ...{ path: `outputs/${output.path}`, digest: output.digest, body: () => whole(output.bytes()) },
    })),
    // A content's id is its digest.
    ...contents.map((id) => ({
      ...{ path: `content/${id}.json`, digest: id, body: () => whole(contentBytes(source, id)) },
    })),
    { path: 'ledger/openings.jsonl', digest: await digestOf(openings()), body: openings },
  ];
  const manifest = manifestText(files);
  return {
    ...{ manifest, digest: sha256Hex(manifest), discretion },
    files: () => [
      ...files.map((file) => ({ path: file.path, body: checked(file, file.body()) })),
      { path: MANIFEST, body: whole(bytesOf(manifest)) },
    ],
  };
}

/** Writes the zip: `recorded` is the version of the entry that records this export, under the signed `head`. */
export async function writeExport(
  into: WritableStream<Uint8Array>,
  { source, world, now }: Exporting,
  prepared: Prepared,
  { version, head }: { version: number; head: SignedHead },
): Promise<void> {
  const upTo = { ...upToNow(world), project: { id: world.project.id, version } };
  const log = readLog(source);
  async function* all(): AsyncGenerator<ExportFile> {
    yield* prepared.files();
    yield* ledgerFiles(source, upTo, prepared.discretion, { head, log });
  }
  await writeZip(into, all(), new Date(now));
}

const upToNow = ({ programme, project }: World): UpTo => ({
  programme: { id: programme.id, version: programme.version },
  project: { id: project.id, version: project.version },
});

/** What the shown entries lead to: the signed contents there are, and the words of the project's state that its story may tell. */
async function looked({ source, world }: Exporting, upTo: UpTo, { shows, opens }: Discretion) {
  const spoken = digestsIn([world]);
  const [contents, told] = [new Set<string>(), new Set<string>()];
  for await (const page of entriesOf(source, upTo)) {
    const digests = new Set<string>();
    for (const { text } of page) {
      const entry = JSON.parse(text) as EntryRead;
      if (shows(entry)) digestsIn(entry.data, digests);
    }
    const open = [...digests].filter(opens);
    for (const digest of open) if (spoken.has(digest)) told.add(digest);
    for (const id of await contentsAmong(source, open)) contents.add(id);
  }
  return { contents: [...contents].sort(), told: [...told] };
}

async function questionsAmong(
  source: DataSource,
  { project }: World,
  contents: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { content } of project.questions) {
    const words = contents.has(content.core) ? questionIn(await contentBytes(source, content.core)) : null;
    if (words !== null) found.set(content.core, words);
  }
  return found;
}

// The public register: what anyone may know of a project, with its words, read for whoever shows it.
import type { DataSource } from 'typeorm';
import { registerEntry } from '#libs/domain';
import type { LegalPart, RegisterEntry } from '#libs/domain';
import { z } from 'zod';
import { Refused } from './refused';
import type { Ledger } from './types';

type Worded = string | null; // null once erased

/** An entry of the register as the public reads it; organisations by name, people not at all. */
export interface PublicEntry {
  id: string;
  title: Worded;
  status: RegisterEntry['status'];
  since: string;
  question: Worded;
  partners: Worded[];
  sources: { source: string; holder: Worded; tier: string }[];
  published: RegisterEntry['published'];
  legalBasis: Record<string, string> | null;
  outputs: {
    insight: string;
    summary: Worded;
    publishedAt: string;
    dissents: { organisation: Worded; text: Worded }[];
    isInDoubt: boolean;
  }[];
  unpublished: { insight: string; why: string; reason?: Worded; until?: string }[];
  actions: { what: Worded; organisation: Worded; due: string; effect: Worded; status: string }[];
  contact: Worded;
}

type Reading = Pick<Ledger, 'world' | 'texts' | 'content'>;
/** The parts of a signed legal file that are public, by what they are called in the entry. */
const BASIS = {
  legalPower: 'LEGAL_POWER',
  lawfulBasis: 'LAWFUL_BASIS',
  specialCategory: 'SPECIAL_CATEGORY',
} as const satisfies Record<string, LegalPart>;
const PROJECT = /^prj_[a-z2-7]{16}$/;

/** The entry; null for a project nobody has signed anything of, exactly as for one that does not exist. */
export async function publicEntry(ledger: Reading, id: string): Promise<PublicEntry | null> {
  if (!PROJECT.test(id)) return null;
  const read = await ledger.world(id).catch((error: unknown) => {
    if (error instanceof Refused) return null;
    throw error;
  });
  const entry = read && registerEntry(read.world, read.now);
  if (!read || !entry) return null;
  const nameOf = (organisation: string) => read.world.programme.organisations[organisation]?.name ?? '';
  const texts = await ledger.texts(textsIn(entry, nameOf));
  const word = (text: string | null): Worded => (text === null ? null : (texts.get(text) ?? null));
  const [question, boundary] = await Promise.all([
    contentOf(ledger, entry.question),
    contentOf(ledger, entry.legalBasis),
  ]);
  return {
    ...{ id, title: word(entry.title), status: entry.status, since: entry.since },
    question: typeof question['question'] === 'string' ? question['question'] : null,
    legalBasis: basisIn(boundary['legalFile']),
    ...inWords(entry, word, (organisation) => word(nameOf(organisation))),
  };
}

/** Of a legal file only what entitles to the processing: assessments and agreements are between the partners. */
function basisIn(legalFile: unknown): Record<string, string> | null {
  const signed = SignedFile.safeParse(legalFile);
  if (!signed.success) return null;
  const { parts } = signed.data;
  const named = Object.entries(BASIS).flatMap(([name, part]) => {
    const words = parts[part];
    return words === undefined ? [] : [[name, 'text' in words ? words.text : NOT_APPLICABLE]];
  });
  return Object.fromEntries(named) as Record<string, string>;
}

const NOT_APPLICABLE = 'Not applicable';
const SignedFile = z.object({
  parts: z.record(
    z.string(),
    z.union([z.object({ text: z.string() }), z.object({ notApplicable: z.string() })]),
  ),
});

function inWords(entry: RegisterEntry, word: (text: string | null) => Worded, named: (id: string) => Worded) {
  return {
    partners: entry.partners.map(named),
    published: entry.published,
    sources: entry.sources.map(({ source, holder, tier }) => ({ source, holder: named(holder), tier })),
    outputs: entry.outputs.map(({ insight, summary, at, dissents, isInDoubt }) => ({
      ...{ insight, summary: word(summary), publishedAt: at, isInDoubt },
      dissents: dissents.map(({ organisation, text }) => ({
        ...{ organisation: named(organisation), text: word(text) },
      })),
    })),
    unpublished: entry.unpublished.map((each) =>
      each.why === 'WITHHELD' ? { ...each, reason: word(each.reason) } : each,
    ),
    actions: entry.actions.map(({ what, organisation, due, effect, status }) => ({
      ...{ what: word(what), organisation: named(organisation), due, effect: word(effect), status },
    })),
    contact: word(entry.contact),
  };
}

/** Every commitment the entry shows, people's names not among them. */
function textsIn(entry: RegisterEntry, nameOf: (organisation: string) => string): string[] {
  const organisations = [
    ...entry.partners,
    ...entry.sources.map(({ holder }) => holder),
    ...entry.outputs.flatMap(({ dissents }) => dissents.map(({ organisation }) => organisation)),
    ...entry.actions.map(({ organisation }) => organisation),
  ];
  const texts = [
    ...[entry.title, entry.contact, ...organisations.map(nameOf)],
    ...entry.outputs.flatMap(({ summary, dissents }) => [summary, ...dissents.map(({ text }) => text)]),
    ...entry.unpublished.map((each) => (each.why === 'WITHHELD' ? each.reason : null)),
    ...entry.actions.flatMap(({ what, effect }) => [what, effect]),
  ];
  return [...new Set(texts.filter((text): text is string => text !== null && text !== ''))];
}

async function contentOf(ledger: Reading, id: string | null): Promise<Record<string, unknown>> {
  const bytes = id === null ? null : await ledger.content(id);
  return bytes === null ? {} : (JSON.parse(bytes.toString('utf8')) as Record<string, unknown>);
}

/** A page of the register over all programmes, by project id; `next` is null on the last. */
export async function publicEntries(
  ledger: Reading,
  source: DataSource,
  page: { after: string; limit: number },
): Promise<{ items: PublicEntry[]; next: string | null }> {
  // From the streams themselves: the portal's role has no read models.
  const rows: { id: string }[] = await source.query(
    `select id from parley.streams where kind = 'project' and id > $1 order by id limit $2`,
    [page.after, page.limit + 1],
  );
  const kept = rows.slice(0, page.limit);
  const entries = await Promise.all(kept.map(({ id }) => publicEntry(ledger, id)));
  return {
    items: entries.filter((entry) => entry !== null),
    next: rows.length > page.limit ? (kept.at(-1)?.id ?? null) : null,
  };
}

// What a story is told with: a cast, its template, the data it begins from; and what every story's people do alike.
import { readFile } from 'node:fs/promises';
import { ApiRefused } from '../demo/api';
import type { Done, Problem } from '../demo/api';
import type { Cast, Member } from '../demo/cast';
import { awaitRelease, awaitStage, deposit, prepare } from '../demo/deeds';
import type { RawFile } from '../demo/deeds';
import { Tour } from '../demo/tour';

/** A person of a story in one line: name, part, organisation, roles. */
type Line = readonly [name: string, part: string, organisation: string, roles: readonly string[]];

/** Everybody of a story, each with an address of their own in its setting. */
export function castOf<P extends string, O extends string>(
  setting: string,
  organisations: Readonly<Record<O, string>>,
  lines: Readonly<Record<P | 'lead', Line>>,
): Cast<P, O> {
  const people = Object.entries<Line>(lines).map(([key, [name, part, organisation, roles]]) => {
    const address = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@${organisation}.${setting}.example`;
    return [key, { name, part, organisation, roles, address } satisfies Member] as const;
  });
  return { organisations, people: Object.fromEntries(people) as Cast<P, O>['people'] };
}

/** The tour of a story, with the files of its setting by the name of their source. */
export class Story extends Tour<string, string> {
  files: Readonly<Record<string, string>> = {};
  /** Where these are; it lasts until the story is told to its end. */
  folder = '';

  /** "Amara Nwosu, project lead". */
  called(name: string): string {
    const member = this.cast.people[name];
    return `${member?.name}, ${member?.part}`;
  }

  /** One step by one person, at a path inside the project; what they say with it is told in their words. */
  async says(key: string, by: string, does: string, path: string, body: object, why = ''): Promise<Done> {
    const done = await this.step(key, `${this.called(by)}, ${does}`, '', () =>
      this.as(by).post<Done>(this.at(path), body),
    );
    const words = wordsOf(body);
    if (words !== undefined) this.report.note(`“${words}”`);
    if (why !== '') this.report.note(why);
    return done;
  }

  /** A step that has to be refused, and by which rule; the refusal is told. */
  async refusedFor(key: string, does: string, rule: string, work: () => Promise<unknown>): Promise<Problem> {
    const problem = await this.step(key, `${does}: refused`, '', async () => {
      const refusal = await work().then(
        () => null,
        (error: unknown) => error,
      );
      if (refusal === null) throw new Error(`${does}: it should have been refused (${rule})`);
      if (!(refusal instanceof ApiRefused)) throw refusal as Error;
      if (refusal.problem.rule !== rule) throw refusal;
      return refusal.problem;
    });
    this.report.note([problem.detail, problem.remedy].flatMap(sentence).join(' '));
    return problem;
  }

  see<T>(path: string, by = 'lead'): Promise<T> {
    return this.as(by).get<T>(this.at(path));
  }

  async list<T>(path: string, by = 'lead'): Promise<readonly T[]> {
    return (await this.see<{ items: T[] }>(`${path}?limit=100`, by)).items;
  }
}

/** The engine's words, which stand in the middle of a sentence elsewhere, as one of their own. */
const sentence = (words?: string): string[] => {
  if (!words) return [];
  // An id, such as hy2, stays one.
  const isWord = /^\p{L}+\b/u.test(words);
  return [`${isWord ? words.slice(0, 1).toUpperCase() : words.slice(0, 1)}${words.slice(1)}.`];
};

/** What people say with what they do, under the name it has there. */
const SAID = ['reason', 'text', 'claim', 'statement', 'because', 'summary'];

function wordsOf(body: object): string | undefined {
  const said = new Map<string, unknown>(Object.entries(body));
  return SAID.map((name) => said.get(name)).find((words) => typeof words === 'string');
}

/** What a request is about, as the boundary allows it. */
export interface Asked {
  readonly holder: string;
  readonly source: string;
  readonly fields: readonly object[];
  readonly purpose: string;
  readonly methods: readonly string[];
  readonly tier?: string;
  /** Period and granularity, field by field. */
  readonly detail?: readonly object[];
  /** The refused request that this smaller ask answers. */
  readonly answers?: string;
  readonly why: string;
  readonly cites?: readonly string[];
}

export const namesOf = (fields: readonly object[]): string[] =>
  fields.map((field) => (field as { name: string }).name);

export const rowsOf = (fields: readonly object[]) => ({
  ...{ level: 'ROWS', fields: [{ name: 'person', type: 'pseudonym' }, ...fields] },
  ...{ dimensions: [], sums: [] },
});

export const cellsOf = (
  fields: readonly object[],
  dimensions: readonly string[],
  sums: readonly string[],
) => ({
  ...{ level: 'CELLS', fields, dimensions, sums },
});

/** The body of a request for what is asked. */
export const requestOf = (story: Story, asked: Asked, more: object = {}) => ({
  holder: story.organisation(asked.holder),
  ask: {
    ...{ source: asked.source, fields: namesOf(asked.fields), tier: asked.tier ?? 'DEIDENTIFIED' },
    ...{ purpose: asked.purpose, methods: asked.methods, linkage: asked.tier === 'LINKED_DEIDENTIFIED' },
    ...(asked.detail === undefined ? {} : { detail: asked.detail }),
  },
  ...(asked.answers === undefined ? {} : { answers: asked.answers }),
  rationale: { text: asked.why, cites: asked.cites ?? [] },
  summary: asked.why,
  ...more,
});

/** Somebody of the holder says that the source exists and matters to this version of the question, as the register wants it. */
export async function established(story: Story, by: string, source: string, question: string, text: string) {
  const { id } = (await story.list<{ id: string; name: string }>('/sources')).find(
    ({ name }) => name === source,
  )!;
  for (const claim of ['EXISTS', 'RELEVANT'])
    await story.as(by).post(story.at('/discovery'), { claim, source: id, question, text });
}

/** The holder's custodian prepares the granted data on their own machine and deposits it. */
export async function deposited(
  story: Story,
  request: string,
  by: string,
  spec: object,
  from: RawFile,
): Promise<void> {
  const { file } = await prepare(story, spec, from);
  const { id, isAccepted } = await deposit(story, request, file, by);
  if (isAccepted) return;
  const report = await story.as(by).get(story.at(`/deposits/${id}/report`));
  throw new Error(`The deposit ${id} was refused: ${JSON.stringify(report).slice(0, 1500)}`);
}

/** Asked for, granted as asked (or as `grant` says, with less or with conditions), prepared and deposited. */
export async function granted(
  story: Story,
  by: string,
  key: string,
  asked: Asked &
    Pick<Partial<RawFile>, 'person' | 'plan' | 'linked' | 'file'> & { readonly isTriedRaw?: true },
  grant: {
    readonly spec?: object;
    readonly fields?: readonly string[];
    readonly [term: string]: unknown;
  } = {},
): Promise<string> {
  const {
    spec = rowsOf(asked.fields),
    fields = namesOf(asked.fields),
    outcome = 'GRANTED',
    says,
    ...terms
  } = grant;
  const { id } = await story.says(
    key,
    'lead',
    `asks for ${asked.source}`,
    '/requests',
    requestOf(story, asked),
  );
  await story.says(
    `${key} answer`,
    by,
    typeof says === 'string' ? says : 'grants it',
    `/requests/${id}/answer`,
    {
      outcome,
      grant: {
        ...{ tier: asked.tier ?? 'DEIDENTIFIED', fields, expires: story.memory.inDays(300) },
        ...{ depositAs: spec, releaseAs: spec, ...terms },
        ...(asked.detail === undefined ? {} : { detail: asked.detail }),
      },
    },
  );
  const from = {
    file: asked.file ?? story.files[asked.source.replaceAll(' ', '-')] ?? '',
    person: asked.person ?? 'patient',
    ...(asked.plan ? { plan: asked.plan } : {}),
    ...(asked.linked ? { linked: asked.linked } : {}),
  };
  if (asked.isTriedRaw) await refusedRaw(story, { key, by, request: id, file: from.file });
  await story.step(
    `${key} deposit`,
    `${story.called(by)}, prepares ${asked.source} and deposits it`,
    '',
    () => deposited(story, id, by, spec, from),
  );
  return id;
}

/** What is deposited as it stands is refused and discarded; the report says why, in no value of it. */
async function refusedRaw(
  story: Story,
  { key, by, request, file }: { key: string; by: string; request: string; file: string },
): Promise<void> {
  const found = await story.step(
    `${key} raw`,
    `${story.called(by)}, deposits the file as it stands; it is refused`,
    'Its bytes are discarded once the report is written.',
    async () => {
      const raw = new Uint8Array(await readFile(file));
      const { id, isAccepted } = await deposit(story, request, raw, by);
      if (isAccepted) throw new Error('The raw file should have been refused, and was accepted');
      const { findings } = await story
        .as(by)
        .get<{ findings: { findings: { message: string }[] } }>(story.at(`/deposits/${id}/report`));
      return findings.findings.map(({ message }) => message);
    },
  );
  for (const message of found) story.report.note(`– ${message}`);
  story.memory.keep(`${key} report`, found);
}

interface Proposal {
  readonly requests: readonly string[];
  readonly asked: Asked;
  readonly signers: readonly string[];
}

/** The lead proposes a release; those exposed, an official and a researcher sign TRUST on it. */
export async function released(story: Story, { requests, asked, signers }: Proposal): Promise<string> {
  const id = await proposed(story, requests, asked);
  await entrusted(story, id, signers);
  await awaitRelease(story, id, 'PERMITTED');
  return id;
}

/** Signed for by everybody asked; what else it needs, the gate says. */
export async function entrusted(story: Story, release: string, signers: readonly string[]): Promise<void> {
  await awaitRelease(story, release, 'SEALED');
  await story.signAll('TRUST', signers, release);
}

/** With `imports`, what was published stands beside it. */
export async function proposed(
  story: Story,
  requests: readonly string[],
  asked: Asked,
  imports?: readonly string[],
): Promise<string> {
  const { id } = await story.as('lead').post<Done>(story.at('/releases'), {
    ...{ requests, tier: asked.tier ?? 'DEIDENTIFIED', purpose: asked.purpose, methods: asked.methods },
    ...(imports ? { imports } : {}),
    ...{ readers: [story.person('researcher')], expires: story.memory.inDays(200) },
    rationale: { text: asked.why, cites: asked.cites ?? [] },
  });
  return id;
}

/** Signs a stage's proposal and waits until it is settled. */
export async function settled(
  story: Story,
  kind: string,
  stage: string,
  signers: readonly string[],
): Promise<void> {
  await story.signAll(kind, signers);
  await awaitStage(story, stage, 'SETTLED');
}

// What binds a run besides what its author registered: agreement, permit, decisions on fields, register of sources. Pure.
import {
  agreementInForce,
  besideIn,
  DEFAULT_RULES,
  exceptionsFor,
  forbids,
  subpopulationsOverlap,
  suppliesOf,
} from '#libs/domain';
import type {
  Analysis,
  Condition,
  GranularityLevel,
  Instant,
  MatrixEntry,
  Release,
  World,
} from '#libs/domain';
import type { Against, Impossible, RowInput, SeriesBreak, Thresholds } from '#libs/statistics';

export interface Bound {
  world: World;
  analysis: Analysis;
  release: Release;
}

type Collected = NonNullable<RowInput['collected']>;

export interface Binding {
  /** The strictest of all of them holds. */
  thresholds: Partial<Thresholds>[];
  against: Against;
  /** What the holders' dictionaries say cannot be, by the names that fields have in the release. */
  impossible: Impossible[];
  /** What the data is read with, whatever the parameters say. */
  declared: { collected?: Collected; breaks: SeriesBreak[] };
}

/** The commitments a binding speaks of, to be looked up first; what was erased binds all the same, without its words. */
export function commitmentsIn(run: Bound): string[] {
  return [
    ...conditionsOf(run).flatMap(({ kind, value }) => (kind === 'SHOW_ONLY_WITH' ? [value] : [])),
    ...(run.analysis.caveats ?? []).flatMap(({ text, seriesBreak }) =>
      [text ?? [], seriesBreak?.cause ?? []].flat(),
    ),
    ...brokenSeries(run).map(({ cause }) => cause),
    ...sourcesOf(run).flatMap((source) => source?.missing ?? []),
    ...publishedIn(run).map(({ disclosureControl }) => disclosureControl),
  ];
}

export function bindingOf(run: Bound, words: ReadonlyMap<string, string>, now: Instant): Binding {
  const conditions = conditionsOf(run);
  const notes = conditions.flatMap(({ kind, value }) => {
    const text = kind === 'SHOW_ONLY_WITH' ? words.get(value) : undefined;
    return text === undefined ? [] : [[value, text] as const];
  });
  const collected = collectedBy(run);
  const breaks = brokenSeries(run).map(({ field, at, cause }) => ({
    field,
    at,
    reason: inWords(words, cause),
  }));
  return {
    thresholds: thresholdsOf(run, now),
    against: {
      ...{ conditions, contextNotes: Object.fromEntries(notes), caveats: caveatsOf(run, words) },
      ...(run.analysis.rounding === undefined ? {} : { rounding: run.analysis.rounding }),
      exceptions: exceptionsFor(run.world, run.analysis).map(({ rule, table }) => ({ rule, table })),
    },
    impossible: impossibleIn(run),
    declared: { ...(collected === undefined ? {} : { collected }), breaks },
  };
}

const conditionsOf = ({ release }: Bound): Condition[] => release.permit?.conditions ?? [];

/** Of the agreement the run was registered under and of one signed since; without any, the floor. */
const thresholdsOf = ({ world, analysis }: Bound, now: Instant): Partial<Thresholds>[] =>
  [analysis.registeredAt, now].map((at) => ({
    frequency: (agreementInForce(world.programme, at)?.rules ?? DEFAULT_RULES).frequencyThreshold,
  }));

/** What the register says of each source of the release; null where it does not know it. */
const sourcesOf = ({ world, release }: Bound) =>
  suppliesOf(world.project, release).map(({ registered }) => registered);

/** B23: what the publisher did against disclosure, as the register said it when the file was imported. */
const publishedIn = ({ world, release }: Bound) =>
  (release.imports ?? []).flatMap((id) => {
    const found = world.project.imports[id];
    const name = found && (world.project.sources[found.source]?.terms.name ?? found.source);
    return found && name !== undefined ? [{ name, ...found.file }] : [];
  });

/** Fields that several holders' sources have are called by their source in a linked release; what is published is joined by them. */
function impossibleIn({ world: { project }, release }: Bound): Impossible[] {
  const supplies = suppliesOf(project, release).filter(({ id }) => release.requests.includes(id));
  const isShared = (field: string) => supplies.filter((each) => each.delivered.includes(field)).length > 1;
  return release.deposits.flatMap((id) => {
    const source = project.requests[project.deposits[id]?.request ?? '']?.ask.source ?? '';
    const named = (field: string) => (isShared(field) ? `${source}.${field}` : field);
    return (project.dictionaries[id]?.structuralZeros ?? []).map((zero) =>
      Object.fromEntries(Object.entries(zero).map(([field, code]) => [named(field), code])),
    );
  });
}

/** B39: one source of those still there is enough; FLOW only where every source declares it. */
function collectedBy(run: Bound): Collected | undefined {
  const measures = sourcesOf(run).map((source) => source?.measure);
  if (measures.includes('STOCK')) return 'STOCK';
  return measures.length > 0 && measures.every((measure) => measure === 'FLOW') ? 'FLOW' : undefined;
}

interface Broken {
  entry: MatrixEntry;
  field: string;
  at: string;
  cause: string;
}

/** B38: as it was decided by now, not as it stood when the run was registered: an exclusion made since holds as well. */
function brokenSeries(run: Bound): Broken[] {
  const sources = suppliesOf(run.world.project, run.release).map(({ source }) => source);
  const about = run.analysis.intention?.subpopulation ?? null;
  return Object.values(run.world.project.matrix).flatMap((entry) => {
    const { source, field, status, judgements, subpopulation } = entry;
    const broken = judgements.at(-1)?.seriesBreak;
    const isMeant = sources.includes(source) && subpopulationsOverlap(subpopulation, about);
    return status === 'INADMISSIBLE' && broken && isMeant
      ? [{ entry, field, at: broken.at, cause: broken.cause }]
      : [];
  });
}

/** B38: whatever a run says it is for, numbers from days on both sides of a break say so; what it was registered with says it already. */
function mixedAcross(run: Bound, words: ReadonlyMap<string, string>): string[] {
  const { intention = {}, caveats = [] } = run.analysis;
  return brokenSeries(run)
    .filter(({ entry }) => !caveats.some(({ place }) => place === entry.id))
    .filter(({ entry, field }) => (intention.fields?.includes(field) ?? true) && forbids(entry, intention))
    .map(
      ({ entry: { source }, field, at, cause }) =>
        `${field} (${source}) means something else from ${at} on, and days on both sides of it were read: ${inWords(words, cause)} These numbers show no change over time.`,
    );
}

const ERASED = '(these words were erased)';
const inWords = (words: ReadonlyMap<string, string>, commitment: string): string =>
  words.get(commitment) ?? ERASED;

const DESCRIBES: Partial<Record<GranularityLevel, string>> = {
  HOUSEHOLD: 'the household somebody lives in',
  SMALL_AREA: 'the small area somebody lives in',
  ORGANISATION: 'the organisation somebody belongs to',
  LOCAL_AUTHORITY: 'the local authority somebody lives in',
};

/** B26: a figure about an area says nothing of a person in it (the ecological fallacy: Robinson 1950), so it is never worded as theirs. */
function levelsOf({ world, release, analysis }: Bound): string[] {
  const used = analysis.intention?.fields;
  const granted = release.requests.flatMap((id) => world.project.requests[id]?.answer?.grant?.detail ?? []);
  const levels = granted.map(({ field, granularity: { level, vintage } }) => ({
    ...{ field, whom: DESCRIBES[level], vintage },
  }));
  // What was published of areas or organisations is as coarse as the field it is joined by.
  const joined = besideIn(world.project, release).flatMap(({ by, adds }) => {
    const key = levels.find(({ field }) => by.includes(field));
    const whom = key?.whom ?? `everybody of the same ${by.join(', ')}`;
    return adds.map((field) => ({ field, whom, vintage: key?.vintage ?? null }));
  });
  return [...levels, ...joined].flatMap(({ field, whom, vintage }) => {
    if (whom === undefined || used?.includes(field) === false) return [];
    return [`${field} describes ${whom}${vintage === null ? '' : ` (${vintage})`}, and not the person.`];
  });
}

/** B38: which days were read, or that the run only said so: without a field to tell them apart all rows are, and it lifts nothing. */
function daysRead(window: NonNullable<Analysis['intention']>['window']): string[] {
  if (!window) return [];
  const days = `${window.from ?? 'the beginning'} to ${window.to ?? 'the end'}`;
  return window.by === undefined
    ? [`The run was registered for ${days}; no field told those days apart, so all rows were read.`]
    : [`Read were only rows whose ${window.by} lies in ${days}.`];
}

/** What stands beside every table: the caveats of the fields used, of whom they speak, and whom the sources leave out (B39). */
function caveatsOf(run: Bound, words: ReadonlyMap<string, string>): string[] {
  const ofFields = (run.analysis.caveats ?? []).flatMap(({ source, field, status, text, seriesBreak }) => [
    `${field} (${source}) is ${status}${text === null ? '' : `: ${inWords(words, text)}`}`,
    ...(seriesBreak
      ? [
          `${field} (${source}) means something else from ${seriesBreak.at} on: ${inWords(words, seriesBreak.cause)}`,
        ]
      : []),
  ]);
  const ofSources = sourcesOf(run).flatMap((source) => {
    if (source === null) return [];
    const stock = `${source.name} holds people only while they are there (STOCK): short and repeated use is under-represented.`;
    return [
      ...(source.measure === 'STOCK' ? [stock] : []),
      `Not in ${source.name}: ${inWords(words, source.missing)}`,
    ];
  });
  const published = publishedIn(run).map(
    ({ name, address, version, licence, disclosureControl }) =>
      `${name} is controlled by its publisher (${inWords(words, disclosureControl)}): version ${version} from ${address}, under ${licence}.`,
  );
  const { subpopulation: whom, window } = run.analysis.intention ?? {};
  const only = whom ? [`Read were only rows whose ${whom.field} is ${whom.values.join(' or ')}.`] : [];
  return [
    ...only,
    ...daysRead(window),
    ...ofFields,
    ...mixedAcross(run, words),
    ...levelsOf(run),
    ...ofSources,
    ...published,
  ];
}

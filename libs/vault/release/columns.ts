// Reads columns of a release's Parquet file into memory: numbers as numbers, text as codes that DuckDB finds.
import type { ReleaseColumn } from '../contract';
import type { Engine } from '../engine/engine';
import type { EngineColumn } from '../engine/protocol';
import { literal } from '../engine/tables';
import { VaultRefusal } from '../objects/failures';
import type { ReleaseManifest } from './manifest';

type Wanted = ReleaseManifest['fields'][number];

/** Texts with more distinct values than this come as they are. */
const MOST_CODES = 10_000;
const NAME_BYTES = 16;
const NAMES_AT_ONCE = 1_000_000;

/** Refuses a file that has other columns, of other kinds, or other rows than its manifest says: the digest is that of the file, whatever is said of it. */
export async function refuseOther(
  engine: Engine,
  file: string,
  { fields, rows }: Pick<ReleaseManifest, 'fields' | 'rows'>,
): Promise<void> {
  const [names, kinds] = await engine.columns(
    `select name, case type when 'FIXED_LEN_BYTE_ARRAY' then 'name' when 'BYTE_ARRAY' then 'text' else 'number' end as kind
      from parquet_schema(${literal(file)}) where type is not null`,
  );
  const { n } = await engine.figures(
    `select num_rows::bigint as n from parquet_file_metadata(${literal(file)})`,
  );
  const has = textsOf(names).map((name, at) => `${name} ${textsOf(kinds)[at]}`);
  if (n !== rows || has.join() !== fields.map((field) => `${field.column} ${kindOf(field)}`).join())
    throw damaged();
}

const textsOf = (column: EngineColumn | undefined): string[] =>
  column?.kind === 'text' ? Array.from(column.codes, (code) => column.dictionary[code] ?? '') : [];

const kindOf = (field: Wanted): string =>
  field.type === 'pseudonym' ? 'name' : isNumber(field) ? 'number' : 'text';

/** The columns by the names of their fields, in the order of the file's rows; labels in the order in which they first come. */
export async function readColumns(
  engine: Engine,
  file: string,
  wanted: readonly Wanted[],
): Promise<Record<string, ReleaseColumn>> {
  const from = `read_parquet(${literal(file)})`;
  const labels = await labelsOf(engine, from, wanted);
  const others = wanted.filter(({ type }) => type !== 'pseudonym');
  const values = others.map((field) => valueOf(field, labels.has(field.column)));
  const columns = others.length === 0 ? [] : await engine.columns(`select ${values.join(', ')} from ${from}`);
  const read: Record<string, ReleaseColumn> = {};
  for (const { name, column, type } of wanted)
    if (type === 'pseudonym') read[name] = await namesOf(engine, file, column);
  for (const [index, field] of others.entries())
    read[field.name] = unpacked(columns[index], field, labels.get(field.column));
  return read;
}

async function namesOf(engine: Engine, file: string, column: string): Promise<ReleaseColumn> {
  const from = `read_parquet(${literal(file)})`;
  const { rows, named } = await engine.figures(
    `select count(*) as rows, count(${column}) as named from ${from}`,
  );
  if (rows === 0) return coded([]);
  const [stored] = await engine.columns(`select ${column} from ${from}`);
  if (stored?.kind !== 'names' || rows !== named) throw damaged();
  // A million short texts are dear to move or make one by one: they are cut from a few long ones.
  const names: string[] = [];
  for (let at = 0; at < stored.bytes.length; at += NAMES_AT_ONCE * NAME_BYTES) {
    const part = stored.bytes.subarray(at, at + NAMES_AT_ONCE * NAME_BYTES);
    const text = Buffer.from(part.buffer, part.byteOffset, part.length).toString('hex');
    for (let from = 0; from < text.length; from += 2 * NAME_BYTES)
      names.push(text.slice(from, from + 2 * NAME_BYTES));
  }
  return coded(names);
}

/** Names in order stand beside their like; others are searched for. */
function coded(names: readonly string[]): ReleaseColumn {
  const labels: string[] = [];
  const codes = new Int32Array(names.length);
  for (const [at, name] of names.entries()) {
    const last = labels[labels.length - 1];
    if (last !== undefined && name < last) return searched(names);
    if (name !== last) labels.push(name);
    codes[at] = labels.length - 1;
  }
  return { kind: 'text', codes, labels };
}

function searched(names: readonly string[]): ReleaseColumn {
  const positions = new Map<string, number>();
  const codes = Int32Array.from(names, (name) => {
    const code = positions.get(name) ?? positions.size;
    if (code === positions.size) positions.set(name, code);
    return code;
  });
  return { kind: 'text', codes, labels: [...positions.keys()] };
}

const isNumber = ({ type }: Wanted): boolean => type === 'integer' || type === 'number';

/** For each column of few texts an enum in the engine, and its values. */
async function labelsOf(
  engine: Engine,
  from: string,
  wanted: readonly Wanted[],
): Promise<Map<string, readonly string[]>> {
  const labels = new Map<string, readonly string[]>();
  const texts = wanted.filter((field) => !isNumber(field) && field.type !== 'pseudonym');
  if (texts.length === 0) return labels;
  const counts = texts.map(({ column }) => `approx_count_distinct(${column}) as ${column}`);
  const figures = await engine.figures(`select ${counts.join(', ')} from ${from}`);
  for (const { column } of texts) {
    const distinct = figures[column] ?? Infinity;
    if (distinct === 0 || distinct > MOST_CODES) continue;
    await engine.run(
      `create type e${column} as enum (select distinct ${column} from ${from} where ${column} is not null)`,
    );
    const [values] = await engine.columns(`select unnest(enum_range(null::e${column}))::varchar as label`);
    if (values?.kind !== 'text') throw damaged();
    labels.set(
      column,
      Array.from(values.codes, (code) => values.dictionary[code] ?? ''),
    );
  }
  return labels;
}

function valueOf({ column, type }: Wanted, isCoded: boolean): string {
  if (isNumber({ column, type, name: '' })) return `cast(${column} as double)`;
  return isCoded ? `cast(coalesce(enum_code(cast(${column} as e${column})), -1) as double)` : column;
}

function unpacked(
  column: EngineColumn | undefined,
  field: Wanted,
  labels: readonly string[] | undefined,
): ReleaseColumn {
  if (column?.kind === 'text' && !isNumber(field))
    return { kind: 'text', codes: column.codes, labels: column.dictionary };
  if (column?.kind !== 'number') throw damaged();
  if (isNumber(field)) return { kind: 'number', values: column.values };
  // A text column in which every value is missing comes as numbers without a value.
  return labels
    ? inOrder(column.values, labels)
    : { kind: 'text', codes: new Int32Array(column.values.length).fill(-1), labels: [] };
}

/** The engine's order of labels is its own: they are numbered as they come. */
function inOrder(values: Float64Array, labels: readonly string[]): ReleaseColumn {
  const places = new Int32Array(labels.length).fill(-1);
  const found: string[] = [];
  const codes = Int32Array.from(values, (value) => {
    if (value < 0) return -1;
    if (places[value] === -1) places[value] = found.push(labels[value] ?? '') - 1;
    return places[value] ?? -1;
  });
  return { kind: 'text', codes, labels: found };
}

const damaged = () =>
  new VaultRefusal('DAMAGED', 'The release does not hold what its manifest says. A new release is needed.');

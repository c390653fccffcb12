// A linked release: several holders' rows joined by the pseudonyms that only the linkage made the same (B8).
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FieldSpec } from '../grant/fields';
import type { DataSpec, GrantSpec } from '../grant/spec';
import { VaultRefusal } from '../objects/failures';
import type { ReleaseManifest } from './manifest';

/** A deposit as it joins in. `source` names it in the fields of which several have one. */
export interface Joining {
  readonly deposit: string;
  readonly source: string;
  readonly grant: GrantSpec;
}

/** What a linked release is released as: one pseudonym, then every granted field of every source. */
export function linkedSpec(joining: readonly Joining[]): DataSpec {
  const refused = joining.find(({ grant: { releaseAs } }) => pseudonymOf(releaseAs) === null);
  if (refused || joining.length < 2)
    throw cannot(
      `only rows with a pseudonym can be linked, and deposit ${refused?.deposit ?? joining[0]?.deposit ?? ''} has none or is alone`,
    );
  const pseudonym = pseudonymOf(joining[0]!.grant.releaseAs)!;
  const names = joining.flatMap(({ grant }) => fieldsOf(grant).map(({ name }) => name));
  const fields = joining.flatMap(({ source, grant }) =>
    fieldsOf(grant).map((field) => {
      const isShared = names.filter((name) => name === field.name).length > 1;
      // Not everybody is in every source, so nothing is required of a linked row.
      return { ...field, required: false, name: isShared ? `${source}.${field.name}` : field.name };
    }),
  );
  return {
    level: 'ROWS',
    fields: [{ ...pseudonym, name: 'person', unique: false }, ...fields],
    dimensions: [],
    sums: [],
  };
}

const pseudonymOf = ({ level, fields }: DataSpec): FieldSpec | null =>
  (level === 'ROWS' && fields.find(({ type }) => type === 'pseudonym')) || null;

const fieldsOf = ({ releaseAs }: GrantSpec): FieldSpec[] =>
  releaseAs.fields.filter(({ type }) => type !== 'pseudonym');

const cannot = (why: string) =>
  new VaultRefusal('NOT_CONFORMING', `A linked release cannot be made: ${why}. Name other requests.`);

/**
 * Joins the tables `linked1`, `linked2`, … (p, then the fields of each source) into `basis` (p, c1…cn): everybody who is in
 * any. More than one of them with several rows a person would multiply rows that nobody granted.
 */
export async function join(
  engine: Engine,
  joining: readonly Joining[],
): Promise<{ linkage: NonNullable<ReleaseManifest['linkage']>; isOneRowEach: boolean }> {
  const tables = joining.map((_each, index) => `linked${index + 1}`);
  const people: { deposit: string; people: number }[] = [];
  let several = 0;
  for (const [index, { deposit }] of joining.entries()) {
    const figures = await engine.figures(
      `select count(*) as rows, count(distinct p) as people from ${tables[index]}`,
    );
    people.push({ deposit, people: figures['people'] ?? 0 });
    if ((figures['rows'] ?? 0) > (figures['people'] ?? 0)) several += 1;
  }
  if (several > 1)
    throw cannot('several of its deposits have more than one row a person, which would multiply their rows');
  const values = joining.flatMap(({ grant }, index) =>
    fieldsOf(grant).map((_field, at) => `${tables[index]}.f${at + 1}`),
  );
  const [first, ...others] = tables;
  const joins = others.map((table) => `full join ${table} using (p)`).join(' ');
  const columns = values.map((value, index) => `${value} as ${columnAt(index + 1)}`);
  await engine.run(`create table basis as select p, p as c1, ${columns.join(', ')} from ${first} ${joins}`);
  const isInAll = tables.map((table) => `p in (select p from ${table})`).join(' and ');
  const { n = 0 } = await engine.figures(`select count(distinct p) as n from basis where ${isInAll}`);
  return { linkage: { people, inAll: n }, isOneRowEach: several === 0 };
}

/** The statement that keeps a source's granted fields beside the pseudonym they are joined by. */
export function joiningTable(index: number, grant: GrantSpec, value: (name: string) => string): string {
  const values = fieldsOf(grant).map((field, at) => `${value(field.name)} as f${at + 1}`);
  const person = value(pseudonymOf(grant.releaseAs)?.name ?? '');
  return `create table linked${index + 1} as select ${[`${person} as p`, ...values].join(', ')} from deposit`;
}

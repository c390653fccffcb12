// What the README promises of the schema's files, held against them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SCHEMA_DIRECTORY } from './schema';

const FUNCTIONS = path.join(SCHEMA_DIRECTORY, 'functions');
const read = (file: string): string => readFileSync(path.join(FUNCTIONS, file), 'utf8');
const files = readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.sql'),
);

test('B23: every rule of the gate stands in a file of its own name, and there is no other', () => {
  const rules = [...read('gate/missing.sql').matchAll(/select '([A-Z_]+)', m from gate_lacks_/g)].map(
    ([, rule = '']) => `${rule.toLowerCase().replaceAll('_', '-')}.sql`,
  );
  expect([...new Set(rules)].sort()).toEqual(readdirSync(path.join(FUNCTIONS, 'gate/rules')).sort());
});

test.each(files)('%s opens with its purpose, and every function pins its search_path', (file) => {
  const content = read(file);
  expect(content).toMatch(/^-- /);
  const functions = content.match(/^create or replace function/gm) ?? [];
  expect(content.match(/set search_path = (parley, pg_temp|pg_catalog)/g) ?? []).toHaveLength(
    functions.length,
  );
});

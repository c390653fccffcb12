// The form of entries against their schema: recorded entries, and the same with anything changed in them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { entryForm, EntrySchema } from '.';

const GOLDEN = path.join(__dirname, '..', '..', 'ledger', 'golden', 'two-cycles.entries');
const recorded = readFileSync(GOLDEN, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Record<string, unknown>);

const form = () => entryForm(() => false);

it('takes every recorded entry', () => {
  const isEntry = form();
  expect(recorded.map(isEntry)).toEqual(recorded.map(() => true));
});

it('takes nothing that the schema refuses or would change, whatever it took before', () => {
  const isEntry = form();
  const name = fc.constantFrom(...Object.keys(EntrySchema.shape), '__proto__', 'constructor', 'more');
  const wrong = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      0,
      -1,
      1.5,
      2,
      2 ** 53,
      1e300,
      '',
      'x',
      '2026-02-30T09:00:00.000Z',
      '2026-01-05T09:00:00Z',
    ),
    fc.constantFrom<unknown>(
      'pgm_aaaaaaaaaaaaaaaa\n',
      'prj_aaaaaaaaaaaaaaa1',
      'f'.repeat(64),
      'F'.repeat(64),
    ),
    fc.constantFrom<unknown>(
      { person: 'p', process: 'gate' },
      { process: 'x' },
      { process: 'gate' },
      { person: 1 },
      [],
    ),
  );
  const change = fc.record({ name, isInside: fc.boolean(), value: fc.option(wrong, { nil: undefined }) });
  fc.assert(
    fc.property(fc.constantFrom(...recorded), fc.array(change, { maxLength: 2 }), (entry, changes) => {
      const changed = changes.reduce(
        (before, { name: at, isInside, value }) =>
          isInside
            ? withMember(before, 'data', withMember(Object(before['data']) as object, at, value))
            : withMember(before, at, value),
        entry,
      );
      const { success, data } = EntrySchema.safeParse(changed);
      // As text: what compares deeply passes over a member that is named as prototypes are.
      const isKept = success && JSON.stringify(data) === JSON.stringify(inOrder(changed));
      const names = Object.keys(changed);
      const isCanonical = names.join() === names.sort().join();
      expect([isEntry(changed), changed]).toEqual([isKept && isCanonical, changed]);
    }),
    { numRuns: 10_000 },
  );
});

/** As JSON.parse makes it: the member is its own, whatever its name. Without a value there is no such member. */
function withMember(whole: object, name: string, value: unknown): Record<string, unknown> {
  const copy = { ...whole } as Record<string, unknown>;
  if (value === undefined) delete copy[name];
  else Object.defineProperty(copy, name, { value, enumerable: true, writable: true, configurable: true });
  return copy;
}

/** With its members in the order of the schema, as the schema gives them. */
const inOrder = (value: Record<string, unknown>): unknown =>
  Object.fromEntries(
    [...Object.keys(EntrySchema.shape), ...Object.keys(value)].map((name) => [name, value[name]]),
  );

it('takes what it took of one member for no other', () => {
  const isEntry = form();
  const names = Object.keys(EntrySchema.shape);
  for (const entry of recorded)
    for (const name of names)
      for (const other of names) {
        expect(isEntry(entry)).toBe(true);
        const changed = withMember(entry, name, entry[other]);
        expect([changed, isEntry(changed)]).toEqual([changed, EntrySchema.safeParse(changed).success]);
      }
});

it('takes a hash that is known, and no other member for it', () => {
  const known = 'known without looking';
  const isEntry = entryForm((prev) => prev === known);
  const [entry] = recorded;
  expect(isEntry({ ...entry, prev: known })).toBe(true);
  expect(isEntry({ ...entry, prev: 'unknown' })).toBe(false);
  expect(isEntry({ ...entry, type: known, prev: 'unknown' })).toBe(false);
});

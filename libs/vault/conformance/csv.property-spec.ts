// The strict reader: any bytes in any pieces are read the same way, and what was written well comes back.
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { DataSpec } from '../grant/spec';
import { CsvRows } from './csv-rows';
import { StructurePass } from './structure';
import { Utf8Text } from './utf8';

const spec = DataSpec.parse({
  level: 'ROWS',
  fields: [
    { name: 'a', type: 'text' },
    { name: 'b', type: 'text' },
  ],
});

async function read(bytes: Buffer, size = bytes.length || 1): Promise<{ out: string; pass: StructurePass }> {
  const pass = new StructurePass(spec);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
  const out = await text(pass.read(Readable.from(pieces)));
  return { out, pass };
}

/** The rows of canonical text, or what is wrong with it. */
function valuesIn(out: string): string[][] {
  const rows: string[][] = [];
  const csv = new CsvRows({ row: (fields) => rows.push(fields), problem: (problem) => rows.push([problem]) });
  csv.write(out);
  csv.end();
  return rows;
}

const field = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replaceAll('\0', ''));
const special = fc.constantFrom('"', ',', '\n', '\r', '\r\n', 'a', 'é', '', '""', '\ufeff', '\u{1f600}');
const messy = fc.array(special, { maxLength: 40 }).map((parts) => Buffer.from(`a,b\n${parts.join('')}`));

describe('the strict CSV reader', () => {
  it('gives back what was quoted, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 5 }), (rows) => {
        const csv = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        const seen: string[][] = [];
        const problems: string[] = [];
        const csvRows = new CsvRows({
          row: (fields) => seen.push(fields),
          problem: (problem) => problems.push(problem),
        });
        for (const character of csv) csvRows.write(character);
        csvRows.end();
        expect(problems).toEqual([]);
        expect(seen).toEqual(rows);
      }),
    );
  });

  it('finds the same rows and the same faults in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(messy, fc.uint8Array({ maxLength: 60 }).map(Buffer.from)),
        fc.integer({ min: 1, max: 7 }),
        async (bytes, size) => {
          const [whole, cut] = [await read(bytes), await read(bytes, size)];
          // A row may come as it stood, or with every value in quotes: the same values either way.
          expect(valuesIn(cut.out)).toEqual(valuesIn(whole.out));
          expect(cut.pass.findings.list()).toEqual(whole.pass.findings.list());
          expect([cut.pass.rows, cut.pass.sha256, cut.pass.bytes]).toEqual([
            whole.pass.rows,
            whole.pass.sha256,
            bytes.length,
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('emits only rows that its own output says the same of', async () => {
    await fc.assert(
      fc.asyncProperty(messy, async (bytes) => {
        const { out, pass } = await read(bytes);
        if (pass.findings.isRefused) return;
        const lines = valuesIn(out);
        expect(lines).toHaveLength(pass.rows);
        expect(lines.every((fields) => fields.length === 2)).toBe(true);
      }),
    );
  });
});

describe('UTF-8', () => {
  it.each([
    ['a lone continuation byte', [0x61, 0x80], 1],
    ['an overlong slash', [0x61, 0x62, 0xc0, 0xaf], 2],
    ['half a surrogate pair', [0xed, 0xa0, 0x80], 0],
    ['a character cut at the end', [0x61, 0xe2, 0x82], 1],
    ['beyond the last character', [0xf5, 0x80, 0x80, 0x80], 0],
  ])('stops at %s', (_case, bytes, at) => {
    const one = new Utf8Text();
    expect(one.decode(Buffer.from(bytes), true).stoppedAt).toBe(at);
    const pieces = new Utf8Text();
    const found = bytes.map(
      (byte, n) => pieces.decode(Buffer.from([byte]), n === bytes.length - 1).stoppedAt,
    );
    expect(found.find((position) => position !== null)).toBe(at);
  });

  it('puts together what was cut', () => {
    const all = Buffer.from('aé€😀');
    const reader = new Utf8Text();
    const read = [...all].map((byte) => reader.decode(Buffer.from([byte]), false).text).join('');
    expect(read).toBe('aé€😀');
  });
});

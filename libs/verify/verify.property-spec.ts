// The verifier against bundles that are what they should be, and against every way in which they are not.
import fc from 'fast-check';
import {
  ALGORITHM,
  bytesOf,
  canonicalText,
  cosignature,
  newSigner,
  noteText,
  parseNote,
  rangeHash,
  sha256Hex,
  signedCheckpoint,
  signatureLine,
  textOf,
  toBase64,
  verifierText,
} from '#libs/log';
import {
  aBundle,
  chained,
  changed,
  goldenEntries,
  hashesOver,
  zipped,
  verifyBundle,
  withReceipts,
} from './testing';
import type { Entry, Files, Made } from './testing';

jest.setTimeout(60_000);

let made: Made;
beforeAll(async () => {
  made = await aBundle();
});

const verdictOf = async (files: Files | [string, Uint8Array][], given = { keys: [made.key] }) =>
  verifyBundle(await zipped(files), given);

/** The verdict names what is wrong, in one of the words. */
async function expectInvalid(
  files: Files | [string, Uint8Array][],
  because: RegExp,
  given = { keys: [made.key] },
) {
  const verdict = await verdictOf(files, given);
  expect([verdict.outcome, verdict.sentence]).toEqual(['INVALID', expect.stringMatching(because)]);
}
const headOf = (leaves: Uint8Array[]) => ({
  ...{ origin: 'log.example/parley', size: leaves.length },
  root: rangeHash({ start: 0, end: leaves.length }, hashesOver(leaves)),
});
const lines = (name: string, change: (all: string[]) => string[]) =>
  changed(made.files, name, (text) =>
    change(text.split('\n').slice(0, -1))
      .map((line) => `${line}\n`)
      .join(''),
  );

it('finds valid what is as it was recorded, and says what is proved and what is only asserted', async () => {
  const verdict = await verdictOf(made.files);
  expect(verdict.failed).toEqual([]);
  expect(verdict.outcome).toBe('VALID');
  expect(verdict.proved.join('\n')).toMatch(/I1, I3: at 1 permit and 1 read the gate stood open/);
  expect(verdict.asserted.join('\n')).toMatch(/operator’s clock/);
});

it('calls nothing valid for which only the file itself vouches', async () => {
  expect((await verdictOf(made.files, { keys: [] })).outcome).toBe('UNPROVEN');
});

describe('one byte changed', () => {
  it('in any file, at its beginning, middle and end, is noticed', async () => {
    for (const [name, bytes] of made.files)
      for (const at of new Set(
        [0, Math.floor(bytes.length / 2), bytes.length - 1].filter((i) => i >= 0 && i < bytes.length),
      )) {
        const other = Uint8Array.from(bytes);
        other[at] = (other[at] as number) ^ 1;
        const verdict = await verdictOf(new Map(made.files).set(name, other));
        expect([name, at, verdict.outcome]).toEqual([
          name,
          at,
          expect.not.stringMatching(/^VALID$/) as string,
        ]);
      }
  });

  it('every byte of the small files of the ledger, and every line of the large ones, is noticed', async () => {
    for (const name of ['ledger/checkpoint', 'ledger/key.pub', 'manifest-sha256.txt', 'index.html']) {
      const bytes = made.files.get(name) as Uint8Array;
      for (let at = 0; at < bytes.length; at += 3) {
        const other = Uint8Array.from(bytes);
        other[at] = (other[at] as number) ^ 4;
        expect((await verdictOf(new Map(made.files).set(name, other))).outcome).not.toBe('VALID');
      }
    }
    for (const name of ['ledger/entries.jsonl', 'ledger/proofs.jsonl'])
      for (let i = 0; i < made.entries.length; i += 7)
        await expectInvalid(
          lines(name, (all) =>
            all.map((line, n) => (n === i ? line.replace(/[a-f]/, (c) => (c === 'a' ? 'b' : 'a')) : line)),
          ),
          /Entry|proofs|entry/,
        );
  });

  it('the last hash of any proof, of which others have proved as much, is noticed', async () => {
    for (let i = 0; i < made.entries.length; i += 5)
      await expectInvalid(
        lines('ledger/proofs.jsonl', (all) =>
          all.map((line, n) =>
            n === i
              ? line.replace(
                  /"([^"])([^"]*)"\],"size"/,
                  (_all, c: string, rest: string) => `"${c === 'A' ? 'B' : 'A'}${rest}"],"size"`,
                )
              : line,
          ),
        ),
        /is not entry/,
      );
  });

  it('or several, put in or taken out anywhere among entries, proofs, receipts and withheld entries, are noticed', async () => {
    const partners = await aBundle({ profile: 'partners' });
    const given = { keys: [partners.key] };
    const hidden = withheldAt(partners, 40);
    const names = ['entries', 'proofs', 'receipts', 'withheld'].map((name) => `ledger/${name}.jsonl`);
    expect((await verdictOf(hidden, given)).outcome).toBe('VALID');
    const change = fc.record({
      at: fc.nat(),
      by: fc.constantFrom('set', 'insert', 'remove'),
      byte: fc.oneof(fc.constantFrom(...bytesOf('"{}[]:,\\ \n0129=/Aaf')), fc.nat({ max: 255 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(change, { minLength: 1, maxLength: 2 }),
        async (name, changes) => {
          const bytes = hidden.get(name) as Uint8Array;
          const other = changes.reduce((before, { at, by, byte }) => {
            const place = at % before.length;
            const kept = before.slice(by === 'insert' ? place : place + 1);
            return Uint8Array.of(...before.slice(0, place), ...(by === 'remove' ? [] : [byte]), ...kept);
          }, bytes);
          fc.pre(Buffer.compare(bytes, other) !== 0);
          const { outcome, failed } = await verdictOf(new Map(hidden).set(name, other), given);
          expect([outcome, failed.join()]).toEqual([
            expect.stringMatching(/INVALID|UNKNOWN/),
            expect.stringMatching(/Entry|line \d|ledger\//),
          ]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of a withheld leaf that means the same hash is noticed too, on either side of its neighbour', async () => {
    const partners = await aBundle({ profile: 'partners' });
    for (const at of [40, 41, 42, 43]) {
      const stray = changed(withheldAt(partners, at), 'ledger/withheld.jsonl', (text) =>
        text.replace(/"leaf":"(.{42})(.)=/, (_all, most: string, last: string) => {
          const other = String.fromCharCode(last.charCodeAt(0) + 1);
          expect(Buffer.from(`${most}${other}=`, 'base64')).toEqual(Buffer.from(`${most}${last}=`, 'base64'));
          return `"leaf":"${most}${other}=`;
        }),
      );
      await expectInvalid(stray, /withheld.jsonl, line 1 is not entry/, { keys: [partners.key] });
    }
  });

  it('of the zip itself never makes it crash, and never something else valid', async () => {
    const bytes = new Uint8Array(await (await zipped(made.files)).arrayBuffer());
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 150)) {
      const other = Uint8Array.from(bytes);
      other[at] = (other[at] as number) ^ 0x55;
      const verdict = await verifyBundle(new Blob([other]), { keys: [made.key] });
      expect(['VALID', 'INVALID', 'UNKNOWN']).toContain(verdict.outcome);
      // A date or an attribute of the zip is no part of any file.
      if (verdict.outcome === 'VALID') expect(verdict.failed).toEqual([]);
    }
  });
});

describe('entries', () => {
  it('removed, with or without its proof', async () => {
    const without = (all: string[]) => all.filter((_, i) => i !== 20);
    await expectInvalid(lines('ledger/entries.jsonl', without), /missing|is not entry|version/);
    const both = changed(lines('ledger/entries.jsonl', without), 'ledger/proofs.jsonl', (text) =>
      without(text.split('\n')).join('\n'),
    );
    await expectInvalid(both, /version 5 of prj|belongs|missing, doubled or out of order/);
  });

  it('removed at the end', async () => {
    const cut = (all: string[]) => all.slice(0, -1);
    const both = changed(
      lines('ledger/entries.jsonl', cut),
      'ledger/proofs.jsonl',
      (text) => cut(text.trim().split('\n')).join('\n') + '\n',
    );
    await expectInvalid(both, /does not end with the entry that records this export/);
  });

  it('swapped', async () => {
    const swap = (all: string[]) =>
      all.map((line, i) => (i === 30 ? (all[31] as string) : i === 31 ? (all[30] as string) : line));
    await expectInvalid(lines('ledger/entries.jsonl', swap), /out of order|not follow/);
    const both = changed(lines('ledger/entries.jsonl', swap), 'ledger/proofs.jsonl', (text) =>
      swap(text.split('\n')).join('\n'),
    );
    await expectInvalid(both, /doubled or out of order/);
  });

  it('added, or doubled', async () => {
    const twice = (all: string[]) => all.flatMap((line, i) => (i === 30 ? [line, line] : [line]));
    await expectInvalid(lines('ledger/entries.jsonl', twice), /out of order|fewer lines/);
    const both = changed(lines('ledger/entries.jsonl', twice), 'ledger/proofs.jsonl', (text) =>
      twice(text.split('\n')).join('\n'),
    );
    await expectInvalid(both, /doubled or out of order/);
  });

  it('of another project', async () => {
    const entries = goldenEntries().map((entry, i) =>
      i === 60 ? { ...entry, stream: 'prj_bbbbbbbbbbbbbbbb' } : entry,
    );
    const foreign = await aBundle({ entries: chained(entries) });
    await expectInvalid(foreign.files, /another stream, prj_b/, { keys: [foreign.key] });
  });

  it('written with CRLF, blanks, another order of members or bytes that are no UTF-8', async () => {
    await expectInvalid(
      changed(made.files, 'ledger/entries.jsonl', (text) => text.replaceAll('\n', '\r\n')),
      /canonical/,
    );
    await expectInvalid(
      changed(made.files, 'ledger/entries.jsonl', (text) => text.replace('{"actor"', '{ "actor"')),
      /canonical/,
    );
    await expectInvalid(
      changed(made.files, 'ledger/entries.jsonl', (text) => text.slice(0, -1)),
      /newline/,
    );
    const bytes = Uint8Array.from(made.files.get('ledger/entries.jsonl') as Uint8Array);
    bytes[100] = 0xff;
    await expectInvalid(new Map(made.files).set('ledger/entries.jsonl', bytes), /UTF-8/);
  });

  it.each([
    ['an unknown type', (entry: Entry) => ({ ...entry, type: 'QuorumDreamt' })],
    ['a newer version of a type', (entry: Entry) => ({ ...entry, typeVersion: 2 })],
    ['a newer format', (entry: Entry) => ({ ...entry, format: 2 })],
  ])('of %s: said to be newer, and not valid', async (_, change) => {
    const entries = goldenEntries().map((entry, i) => (i === 70 ? change(entry) : entry));
    const newer = await aBundle({ entries: chained(entries) });
    const verdict = await verdictOf(newer.files, { keys: [newer.key] });
    expect([verdict.outcome, verdict.sentence]).toEqual(['UNKNOWN', expect.stringContaining('newer')]);
  });
});

describe('heads and keys', () => {
  it('a tree signed anew with another key is noticed by whoever knows the key', async () => {
    const other = await aBundle({ entries: goldenEntries().slice(0, -1) });
    await expectInvalid(other.files, /no key that is trusted handed over|signed by none/);
    const head = new Map(made.files).set(
      'ledger/checkpoint',
      bytesOf(await signedCheckpoint(headOf(made.leaves), [other.signer])),
    );
    await expectInvalid(head, /signed by none of the log’s keys/);
  });

  it('an older head, and a proof for another size', async () => {
    const older = await signedCheckpoint(headOf(made.leaves.slice(0, -1)), [made.signer]);
    await expectInvalid(
      new Map(made.files).set('ledger/checkpoint', bytesOf(older)),
      /the signed head has|extends its first/,
    );
    await expectInvalid(
      changed(made.files, 'ledger/proofs.jsonl', (text) => text.replace(/"size":\d+/, '"size":7')),
      /proves a place in a log of 7/,
    );
  });

  it('I9: a second history under the same key: the split view is proved by the two heads', async () => {
    const forged = goldenEntries().map((entry, i) =>
      i === 40 ? { ...entry, at: entry.at.replace('09:', '08:') } : entry,
    );
    const other = await aBundle({ entries: chained(forged), signer: made.signer });
    const known = await signedCheckpoint(headOf(made.leaves), [made.signer]);
    const given = { keys: [made.key], checkpoints: [known] };
    await expectInvalid(other.files, /Split view|before the entry it follows/, given);
    const older = {
      keys: [made.key],
      checkpoints: [await signedCheckpoint(headOf(made.leaves.slice(0, 60)), [made.signer])],
    };
    const verdict = await verdictOf(made.files, older);
    expect(verdict.outcome).toBe('VALID');
    expect(verdict.proved.join('\n')).toContain('nothing before was altered or removed');
    await expectInvalid(other.files, /does not extend|before the entry it follows/, older);
  });

  it('I9: a bundle from a restored backup, against a head mailed later', async () => {
    const grown = [...made.leaves, sha256Leaf('more'), sha256Leaf('and more')];
    const mailed = await signedCheckpoint(headOf(grown), [made.signer]);
    const verdict = await verdictOf(made.files, { keys: [made.key], checkpoints: [mailed] } as never);
    expect([verdict.outcome, verdict.sentence]).toEqual([
      'UNPROVEN',
      expect.stringContaining('newer than it'),
    ]);
  });

  it('a key that took over with both signatures is trusted, and one without is not', async () => {
    const next = await newSigner('log.example/parley', ALGORITHM.ED25519);
    const text = `log.example/parley\nhand-over\n${verifierText(next)}\n`;
    const { noteSignature } = await import('#libs/log');
    const note = noteText({
      text,
      signatures: [await noteSignature(made.signer, text), await noteSignature(next, text)],
    });
    const alone = noteText({ text, signatures: [await noteSignature(next, text)] });
    const handed = (handover: string): Files =>
      withReceipts(
        new Map(made.files)
          .set('ledger/checkpoint', bytesOf(note === '' ? '' : checkpoint))
          .set('ledger/key.pub', bytesOf(`${made.key}\n${verifierText(next)}\n`))
          .set('ledger/handovers.jsonl', bytesOf(`${JSON.stringify(handover)}\n`)),
      );
    const checkpoint = await signedCheckpoint(headOf(made.leaves), [next]);
    expect((await verdictOf(handed(note))).outcome).toBe('VALID');
    await expectInvalid(handed(alone), /no key that is trusted handed over/);
  });

  it('a witness proves when it was seen', async () => {
    const witness = await newSigner('witness.example/w', ALGORITHM.COSIGNATURE);
    const head = new TextDecoder().decode(made.files.get('ledger/checkpoint'));
    const line = signatureLine(await cosignature(witness, parseNote(head)?.text ?? '', 1_790_000_000));
    const files = withReceipts(changed(made.files, 'ledger/checkpoint', (text) => text + line));
    const verdict = await verifyBundle(await zipped(files), {
      keys: [made.key],
      witnesses: [verifierText(witness)],
    });
    expect(verdict.proved.join('\n')).toContain('witness.example/w saw this head by 2026-09-21');
    const wrong = changed(files, 'ledger/checkpoint', (text) =>
      text.replace(
        line,
        line.replace(/(.)(.{9}\n)$/, (_all, c: string, rest: string) => (c === 'A' ? 'B' : 'A') + rest),
      ),
    );
    expect(
      (await verifyBundle(await zipped(wrong), { keys: [made.key], witnesses: [verifierText(witness)] }))
        .outcome,
    ).toBe('INVALID');
  });
});

/** The same export with one entry withheld: its hashes alone stand there. */
function withheldAt({ files, entries, leaves }: Made, at: number): Files {
  const { stream, version } = entries[at] as Entry;
  const text = canonicalText(entries[at]);
  const without = (name: string, of: Files) =>
    changed(of, name, (all) =>
      all
        .split('\n')
        .filter((_, i) => i !== at)
        .join('\n'),
    );
  const proof = textOf(files.get('ledger/proofs.jsonl') as Uint8Array)?.split('\n')[at] ?? '';
  const leaf = toBase64(leaves[leaves.length - entries.length + at] as Uint8Array);
  const line = canonicalText({
    ...(JSON.parse(proof) as object),
    stream,
    version,
    hash: sha256Hex(text),
    leaf,
  });
  return withReceipts(without('ledger/entries.jsonl', without('ledger/proofs.jsonl', files))).set(
    'ledger/withheld.jsonl',
    bytesOf(`${line}\n`),
  );
}

const sha256Leaf = (text: string) => Uint8Array.from(Buffer.from(sha256Hex(text), 'hex'));

describe('files beside the ledger', () => {
  it('removed, added, or listed otherwise', async () => {
    const without = new Map(made.files);
    without.delete('index.html');
    await expectInvalid(without, /index.html was removed/);
    await expectInvalid(new Map(made.files).set('ledger/more.jsonl', bytesOf('x')), /was added/);
    await expectInvalid(
      changed(made.files, 'manifest-sha256.txt', (text) => text.replace('index.html', 'index.htm')),
      /not the list/,
    );
    for (const name of made.files.keys()) {
      const less = new Map(made.files);
      less.delete(name);
      expect((await verdictOf(less)).outcome).toBe('INVALID');
    }
  });

  it('words that were not committed to, or to which nothing shown commits', async () => {
    const opening = { commitment: sha256Hex('salt\u0000words'), salt: 'salt', text: 'words' };
    const entries = goldenEntries().map((entry, i) =>
      i === 0 ? { ...entry, data: { name: opening.commitment } } : entry,
    );
    const opened = await aBundle({ entries: chained(entries), openings: [opening] });
    expect((await verdictOf(opened.files, { keys: [opened.key] })).outcome).toBe('VALID');
    const other = await aBundle({ entries: chained(entries), openings: [{ ...opening, text: 'others' }] });
    await expectInvalid(other.files, /not those that were committed to/, { keys: [other.key] });
    const stray = await aBundle({ openings: [opening] });
    await expectInvalid(stray.files, /no entry shown commits/, { keys: [stray.key] });
  });

  it('content under an id that is not its digest', async () => {
    const id = sha256Hex('other');
    const wrong = await aBundle({ files: { [`content/${id}.json`]: '{}' } });
    await expectInvalid(wrong.files, /not content that an entry names/, { keys: [wrong.key] });
  });
});

// Offline: what was erased is said, with who decided it, and may not stand in the export all the same.
import { canonicalText, sha256Hex } from '#libs/log';
import type { Verdict } from '.';
import { aBundle, chained, goldenEntries, zipped, verifyBundle } from './testing';
import type { Entry, Making } from './testing';

const NAME = { commitment: sha256Hex('salt\u0000Ana'), salt: 'salt', text: 'Ana' };
const SIGNED = canonicalText({ question: 'What did Ana do?', salt: 's' });

/** The golden history, in which somebody is attested by this name, and erased right away with the question that speaks of them. */
function history(): Entry[] {
  const golden = goldenEntries();
  const core = (golden.find(({ type }) => type === 'QuestionProposed')?.data['content'] as { core: string })
    .core;
  const asked = JSON.parse(JSON.stringify(golden).replaceAll(core, sha256Hex(SIGNED))) as Entry[];
  const at = asked.findIndex(({ type }) => type === 'PersonAttested');
  const named: Entry = { ...(asked[at] as Entry), data: { ...asked[at]?.data, name: NAME.commitment } };
  const data = {
    ...{ person: named.data['person'], words: [NAME.commitment], reason: 'r' },
    ...{ about: [sha256Hex(SIGNED)], files: ['prj_a/ev1'] },
  };
  const erasure = { ...named, type: 'PersonErased', data };
  return chained([...asked.slice(0, at), named, erasure, ...asked.slice(at + 1)]).map((entry) =>
    entry.type === 'PermitGiven'
      ? { ...entry, data: { ...entry.data, programmeVersion: Number(entry.data['programmeVersion']) + 1 } }
      : entry,
  );
}

async function verdictOf(making: Making): Promise<Verdict<string>> {
  const made = await aBundle({ entries: history(), ...making });
  return verifyBundle(await zipped(made.files), { keys: [made.key] });
}

it('an export without what was erased is valid, and the verdict says what it was and who decided', async () => {
  const { outcome, noted } = await verdictOf({});
  expect([outcome, noted.join()]).toEqual([
    'VALID',
    expect.stringMatching(
      /1 text that named .+, 1 text of others or signed contents that spoke of them, and 1 file of theirs were erased at .+ as .+ decided/,
    ),
  ]);
});

it('words that were erased, and stand there all the same, are found', async () => {
  expect((await verdictOf({ openings: [NAME] })).sentence).toMatch(/these words were erased/);
});

it('signed content that was erased, and stands there all the same, is found', async () => {
  const files = { [`content/${sha256Hex(SIGNED)}.json`]: SIGNED };
  expect((await verdictOf({ files })).sentence).toMatch(/this content was erased/);
});

// Records whose every hash and signature is right, and that break a rule all the same.
import { aBundle, chained, goldenEntries, zipped, verifyBundle } from './testing';
import type { Entry } from './testing';

jest.setTimeout(60_000);

describe('invariants, re-checked although every hash and signature is right', () => {
  const without = (type: string, from = 0) => {
    const at = goldenEntries().findIndex((entry, i) => i >= from && entry.type === type);
    return chained(goldenEntries().filter((_, i) => i !== at));
  };
  const invalid = async (entries: Entry[], because: RegExp) => {
    const bundle = await aBundle({ entries });
    const { outcome, sentence } = await verifyBundle(await zipped(bundle.files), { keys: [bundle.key] });
    expect([outcome, sentence]).toEqual(['INVALID', expect.stringMatching(because)]);
  };
  const permitAt = goldenEntries().findIndex(({ type }) => type === 'PermitGiven');
  const project = (change: (entry: Entry, i: number) => Entry[]) =>
    chained(goldenEntries().flatMap(change)).map((entry) =>
      entry.type === 'PermitGiven'
        ? { ...entry, data: { ...entry.data, projectVersion: entry.version - 1 } }
        : entry,
    );

  it('I1: a permit without one of its signatures', async () => {
    await invalid(
      chained(project((entry, i) => (i === permitAt - 1 ? [] : [entry]))),
      /I1 is broken: .*TRUST/,
    );
  });

  it('I3: a permit after a withdrawal', async () => {
    const decision = goldenEntries()[permitAt - 1] as Entry;
    const { checkpoint, round, person } = decision.data as Record<string, string>;
    const withdrawal: Entry = {
      ...decision,
      type: 'DecisionWithdrawn',
      data: {
        checkpoint,
        round,
        person,
        mode: 'STOP',
        atOnce: false,
        disowned: false,
        assurance: 'LINK',
        reason: null,
        signedAs: 'x',
      },
    };
    await invalid(
      chained(project((entry, i) => (i === permitAt ? [withdrawal, entry] : [entry]))),
      /I1 is broken/,
    );
    await invalid(
      chained(project((entry, i) => (i === permitAt ? [entry, { ...withdrawal, at: entry.at }] : [entry]))),
      /I3 is broken: a read/,
    );
  });

  it('I5: a person who decides twice', async () => {
    await invalid(
      chained(project((entry, i) => (i === permitAt - 1 ? [entry, entry] : [entry]))),
      /I5 is broken/,
    );
  });

  it('I6: a decision, or a permit, on other content', async () => {
    const other = 'f'.repeat(64);
    const at = (n: number) =>
      project((entry, i) => [i === n ? { ...entry, data: { ...entry.data, core: other } } : entry]);
    await invalid(chained(at(permitAt - 1)), /I6 is broken/);
    await invalid(chained(at(permitAt)), /I6 is broken/);
  });

  it('I7: somebody who was not asked', async () => {
    const entries = project((entry, i) => [
      i === permitAt - 1 ? { ...entry, data: { ...entry.data, person: 'per_stranger' } } : entry,
    ]);
    await invalid(chained(entries), /I7 is broken/);
  });

  it('a permit judged by another head than the one before it', async () => {
    await invalid(
      without('StageAnnounced').length === 0
        ? []
        : chained(
            goldenEntries().map((entry) =>
              entry.type === 'PermitGiven' ? { ...entry, data: { ...entry.data, projectVersion: 3 } } : entry,
            ),
          ),
      /another head/,
    );
  });
});

// T15 offline: a recorded approval counts in a verified permit only with its countersignature, and the verdict names it.
import type { Verdict } from '.';
import { aBundle, goldenEntries, zipped, verifyBundle } from './testing';
import type { Entry } from './testing';

const WRITTEN = { by: 'per_lead', how: 'TELEPHONE', evidence: 'ev1' };

/** The golden history, in which the official's TRUST approval was given by telephone, and confirmed by `by` if anybody did. */
function history(by: string | null): Entry[] {
  const isSpoken = ({ type, data }: Entry) =>
    type === 'DecisionRecorded' && data['checkpoint'] === 'k4' && data['person'] === 'per_official';
  return goldenEntries().flatMap((entry): Entry[] => {
    // One more entry lies before the permit, which names the head it was judged by.
    if (entry.type === 'PermitGiven' && by !== null)
      return [
        { ...entry, data: { ...entry.data, projectVersion: Number(entry.data['projectVersion']) + 1 } },
      ];
    if (!isSpoken(entry)) return [entry];
    const data = { ...entry.data, assurance: 'RECORDED', written: WRITTEN };
    const spoken: Entry = { ...entry, actor: { person: 'per_lead' }, data };
    if (by === null) return [spoken];
    const confirmation = {
      ...{ checkpoint: 'k4', round: 1, person: 'per_official', by, organisation: 'org_council' },
      ...{ roles: ['policyOfficial'], assurance: 'ACCOUNT', signedAs: 's' },
    };
    return [spoken, { ...entry, type: 'DecisionCountersigned', actor: { person: by }, data: confirmation }];
  });
}

async function verdictOf(by: string | null): Promise<Verdict<string>> {
  const made = await aBundle({ entries: history(by) });
  return verifyBundle(await zipped(made.files), { keys: [made.key] });
}

it('T15: a countersigned approval is valid, and marked in the verdict for ever', async () => {
  const verdict = await verdictOf('per_checker');
  expect([verdict.outcome, verdict.failed]).toEqual(['VALID', []]);
  expect(verdict.noted.join('\n')).toMatch(
    /^1 answer \(.+\) RECORDED: .+ countersigned by a colleague of the signer: 1\./m,
  );
});

it.each([
  [null, /I1 is broken: a permit although the gate was closed/],
  ['per_lead', /T15 is broken: per_lead confirmed what they said or wrote down/],
  ['per_holder', /T15 is broken: per_holder is not of the signer’s own organisation/],
])('T15: confirmed by %s, it opens nothing', async (by, because) => {
  expect((await verdictOf(by)).sentence).toMatch(because);
});

// Both gates on the same generated histories: the domain folds and assigns, the database counts; they must say the same.
import fc from 'fast-check';
import type { Client } from 'pg';
import { isPublishedOnly, readGate, releaseGate, roundAbout, sufficiency } from '#libs/domain';
import type { Role } from '#libs/domain';
import { aDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { aHistory, begin, play } from '../../testing/histories';
import { personId } from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import { Retelling } from './testing/retelling';

const CHANGEABLE: Role[] = [
  'researcher',
  'policyOfficial',
  'informationRiskOwner',
  'signatory',
  'dataHolder',
  'serviceManager',
];
const RUNS = { numRuns: Number(process.env['GATE_RUNS'] ?? 30) };
/** Published data opens by its legal check and closes by a second one; chance alone does not always come by here. */
const PUBLISHED: typeof aHistory extends fc.Arbitrary<infer H> ? H : never = {
  beginning: 'published',
  steps: [
    { do: 'check', outcome: 'PERMITTED' },
    { do: 'check', outcome: 'NOT_PERMITTED' },
  ],
};

/** T15: a recorded approval opens only once it is confirmed, and closes when it is taken back by telephone; then the data no longer suffices. */
const RECORDED: typeof PUBLISHED = {
  beginning: 'asked for trust',
  steps: [
    ...[{ do: 'sign' as const, name: 'researcher' as const, kind: 'TRUST' as const }],
    ...[{ do: 'sign' as const, name: 'holder' as const, kind: 'TRUST' as const }],
    { do: 'record', name: 'official', kind: 'TRUST', by: 'lead' },
    { do: 'countersign', name: 'official', kind: 'TRUST', by: 'lead' },
    { do: 'countersign', name: 'official', kind: 'TRUST', by: 'colleague' },
    { do: 'permit' },
    { do: 'recordWithdrawal', name: 'official', kind: 'TRUST', by: 'lead' },
    { do: 'revoke' },
  ],
};

/** A release opened by a colleague’s signature, and one that the colleague may no longer give. */
const DELEGATED: typeof PUBLISHED = {
  beginning: 'asked for trust',
  steps: [
    { do: 'delegate', name: 'official', kind: 'TRUST' },
    { do: 'sign', name: 'official', kind: 'TRUST' },
    { do: 'takeBack', name: 'official', kind: 'TRUST' },
    { do: 'signFor', name: 'official', kind: 'TRUST' },
    { do: 'delegate', name: 'official', kind: 'TRUST' },
    { do: 'signFor', name: 'official', kind: 'TRUST' },
    { do: 'takeBack', name: 'official', kind: 'TRUST' },
    { do: 'sign', name: 'researcher', kind: 'TRUST' },
    { do: 'sign', name: 'holder', kind: 'TRUST' },
    { do: 'wait', ms: 6 * 24 * 3_600_000 },
    { do: 'permit' },
    { do: 'leave', name: 'official' },
  ],
};

/** B5: where the agreement asks for four people, the three places of the table are not enough. */
const RAISED: typeof PUBLISHED = {
  beginning: 'asked for more than the table',
  steps: [
    ...(['official', 'researcher', 'holder'] as const).map(
      (name) => ({ do: 'sign', name, kind: 'TRUST' }) as const,
    ),
    { do: 'permit' },
    { do: 'signFor', name: 'official', kind: 'TRUST' },
    { do: 'permit' },
    { do: 'withdraw', name: 'researcher', kind: 'TRUST' },
  ],
};

/** T10: an objection closes a release, one made anew opens without who objected, and the next objection closes that. */
const OBJECTED: typeof PUBLISHED = {
  beginning: 'asked for trust',
  steps: [
    { do: 'object' },
    { do: 'anew' },
    ...(['official', 'researcher', 'holder'] as const).map(
      (name) => ({ do: 'sign', name, kind: 'TRUST' }) as const,
    ),
    { do: 'permit' },
    { do: 'object' },
  ],
};

/** B54: a reader who left and is attested anew begins without training, and the gate waits for it. */
const REJOINED: typeof PUBLISHED = {
  beginning: 'trusted',
  steps: [{ do: 'train', days: 300 }, { do: 'permit' }, { do: 'rejoin' }, { do: 'train', days: 300 }],
};

let db: TestDatabase;
let client: Client;
beforeAll(async () => {
  db = await aDatabase();
  client = await Retelling.connect(db);
});
afterAll(async () => {
  await client.end();
  await db.drop();
});

/** A registrar changes somebody's roles after so many steps; the roster of the shared histories only ever shrinks. */
const roleChanges = fc.array(
  fc.record({
    after: fc.nat(20),
    name: fc.constantFrom<Name>('researcher', 'official', 'riskOwner'),
    roles: fc.uniqueArray(fc.constantFrom<Role[]>(...CHANGEABLE), { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 3 },
);
const REGISTRAR = { researcher: 'lead', official: 'checker', riskOwner: 'holder' } as Record<Name, Name>;

interface Verdict {
  release: string;
  open: boolean;
  live: boolean;
}

const byDomain = (story: Story): Verdict[] =>
  Object.values(story.project.releases).map((release) => ({
    release: release.id,
    open: releaseGate(story.world, release, story.now).open,
    live: readGate(story.world, release, story.now).open,
  }));

async function byDatabase(story: Story, retelling: Retelling): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const release of Object.keys(story.project.releases)) {
    const open = (await retelling.missing(release)).length === 0;
    verdicts.push({ release, open, live: await retelling.isLive(release) });
  }
  return verdicts;
}

describe('two gates, one answer', () => {
  it(
    'B23: domain and database open and close the same releases on generated histories',
    async () => {
      const seen = {
        ...{ open: false, closed: false, live: false, withdrawn: false, revoked: false },
        ...{
          published: false,
          refused: false,
          confirmed: false,
          delegated: false,
          noted: false,
          heeded: false,
          raised: false,
          rejoined: false,
        },
      };
      await fc.assert(
        fc.asyncProperty(aHistory, roleChanges, async ({ beginning, steps }, changes) => {
          const story = begin(beginning);
          const retelling = await Retelling.begin(client, story);
          expect(await byDatabase(story, retelling)).toEqual(byDomain(story));
          for (const [index, step] of steps.entries()) {
            const [entries, time] = [story.log.length, story.now];
            play(story, step);
            for (const { name, roles } of changes.filter(({ after }) => after === index))
              story.tryProgramme(story.as(REGISTRAR[name]), {
                type: 'ChangeRoles',
                person: personId(name),
                roles,
              });
            // Refused: nothing changed, so both would say what they said before.
            if (entries === story.log.length && time === story.now) continue;
            await retelling.catchUp();
            // No release of an amended question opens again, so sufficiency is compared by itself too.
            const isRevoked = await retelling.isRevoked();
            expect({ after: step, isRevoked }).toEqual({
              after: step,
              isRevoked: sufficiency(story.world, story.now).status === 'REVOKED',
            });
            if (isRevoked) seen.revoked = true;
            const types = story.log.slice(entries).map(({ event }) => event.type);
            if (types.includes('DecisionCountersigned')) seen.confirmed = true;
            if (step.do === 'rejoin' && types.includes('PersonAttested')) seen.rejoined = true;
            expect({ after: step, differences: await retelling.differences() }).toEqual({
              ...{ after: step, differences: [] },
            });
            const { noted, wrong } = await retelling.notes();
            expect({ after: step, wrong }).toEqual({ after: step, wrong: [] });
            if (noted > 0) seen.noted = true;
            const verdict = { after: step, verdicts: await byDatabase(story, retelling) };
            expect(verdict).toEqual({ after: step, verdicts: byDomain(story) });
            for (const { release, open, live } of verdict.verdicts) {
              const isPermitted = story.project.releases[release]?.permit != null;
              seen[open ? 'open' : 'closed'] = true;
              const found = story.project.releases[release];
              if (found && isPublishedOnly(found)) seen[open || live ? 'published' : 'refused'] = true;
              if (isPermitted) seen[live ? 'live' : 'withdrawn'] = true;
              const trust = roundAbout(story.project.checkpoints, 'TRUST', release);
              if (open && trust?.decisions.some((d) => d.onBehalfOf)) seen.delegated = true;
              if (open && found?.sealed?.heeded?.length) seen.heeded = true;
              if (open && (trust?.rule.people ?? 0) > 3) seen.raised = true;
            }
          }
        }),
        {
          ...RUNS,
          examples: [
            [PUBLISHED, []],
            [RECORDED, []],
            [DELEGATED, []],
            [OBJECTED, []],
            [RAISED, []],
            [REJOINED, []],
          ],
        },
      );
      // A comparison that never saw an open gate would prove nothing.
      expect(seen).toEqual({
        ...{ open: true, closed: true, live: true, withdrawn: true, revoked: true },
        ...{
          published: true,
          refused: true,
          confirmed: true,
          delegated: true,
          noted: true,
          heeded: true,
          raised: true,
          rejoined: true,
        },
      });
    },
    RUNS.numRuns * 6000,
  );
});

// Both gates on the same generated histories: the domain folds and assigns, the database counts; they must say the same.
import fc from 'fast-check';
import type { Client } from 'pg';
import { readGate, releaseGate } from '#libs/domain';
import { aDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { aHistory, begin, play } from '../../testing/histories';
import type { Story } from '../../testing/story';
import { Retelling } from './testing/retelling';

const RUNS = { numRuns: Number(process.env['GATE_RUNS'] ?? 30) };

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
  it('B23: domain and database open and close the same releases on generated histories', async () => {
    await fc.assert(
      fc.asyncProperty(aHistory, async ({ beginning, steps }) => {
        const story = begin(beginning);
        const retelling = await Retelling.begin(client, story);
        expect(await byDatabase(story, retelling)).toEqual(byDomain(story));
        for (const step of steps) {
          const [entries, time] = [story.log.length, story.now];
          play(story, step);
          // Refused: nothing changed, so both would say what they said before.
          if (entries === story.log.length && time === story.now) continue;
          await retelling.catchUp();
          const verdict = { after: step, verdicts: await byDatabase(story, retelling) };
          expect(verdict).toEqual({ after: step, verdicts: byDomain(story) });
        }
      }),
      RUNS,
    );
  }, 120_000);
});

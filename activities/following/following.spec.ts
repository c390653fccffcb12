// A programme's projects are woken some after some, each once for what has changed, and the sweep rests only when all were.
import type { DataSource } from 'typeorm';
import { plus } from '#libs/domain';
import type { Actor, ProjectCommand } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import type { Vault } from '#libs/vault';
import { aRoster, agreement, DAY, permitted, WORKER } from '../../libs/testing/story';
import type { Reached } from './index';
import { createFollowingActivities } from './index';

/** A programme with so many projects, and what was done about it. */
function following(projects: number) {
  const story = aRoster();
  const ids = Array.from({ length: projects }, (_, n) => `prj_${String(n).padStart(5, '0')}`);
  const woken: string[] = [];
  const seen: number[] = [];
  const none = () => Promise.resolve();
  const { followProgramme } = createFollowingActivities({
    ledger: {
      programme: () => Promise.resolve({ state: story.programme, now: story.now }),
    } as unknown as Ledger,
    dataSource: {
      query: (_sql: string, [, after, limit]: [string, string, number]) =>
        Promise.resolve(
          ids
            .filter((id) => id > after)
            .slice(0, limit)
            .map((id) => ({ id })),
        ),
    } as unknown as DataSource,
    outbox: { seen: (_stream, version) => Promise.resolve(void seen.push(version)) },
    vault: { keys: {} as Vault['keys'] },
    starter: {
      ...{ wake: none, dismiss: none },
      wakeProject: (project) => Promise.resolve(void woken.push(project)),
    },
  });
  const { id: programme } = story.programme;
  const step = (shared: string | null = null, reached: Reached | null = null) =>
    followProgramme({ programme, shared, reached });
  return { story, ids, woken, seen, step };
}

describe('following a programme', () => {
  it('I14: wakes every project, however many, and is done with a version only then', async () => {
    const { ids, woken, seen, step } = following(450);
    let found = await step();
    for (; found.reached; found = await step(found.shared, found.reached)) expect(seen).toEqual([]);
    expect(woken).toEqual(ids);
    expect(seen).toEqual([found.version]);
  });

  it('wakes nobody again for what they were woken for', async () => {
    const { woken, step } = following(3);
    const { shared = null } = await step();
    await step(shared);
    expect(woken).toHaveLength(3);
  });

  it('begins anew when something they live by has changed meanwhile', async () => {
    const { story, ids, woken, step } = following(300);
    const first = await step();
    story.onProgramme(story.as('lead'), agreement(story));
    let found = await step(first.shared, first.reached);
    for (; found.reached; found = await step(found.shared, found.reached));
    expect(woken.slice(200)).toEqual(ids);
  });
});

describe('T9, T11: the key under which a project’s releases are compared', () => {
  function followed() {
    const story = permitted();
    const [done, seen]: [string[], number[]] = [[], []];
    let failing: string | null = null;
    const destroy = (half: string) => {
      if (failing === half) return Promise.reject(new Error('the machine went down'));
      return Promise.resolve(void done.push(half));
    };
    const none = () => Promise.resolve();
    const { followProject } = createFollowingActivities({
      ledger: {
        world: () => Promise.resolve({ world: story.world, now: story.now }),
        destroyUnitPart: () => destroy('ledger'),
      } as unknown as Ledger,
      vault: { keys: { destroy: () => destroy('vault') } as unknown as Vault['keys'] },
      dataSource: {} as DataSource,
      outbox: { seen: (_stream, version) => Promise.resolve(void seen.push(version)) },
      starter: { wake: none, dismiss: none, wakeProject: none },
    });
    const closes = () => {
      story.project = { ...story.project, closedAt: story.now };
    };
    const ends = () => {
      story.wait(201 * DAY);
      story.onProject(WORKER, { type: 'CertifyReleaseDestroyed', release: 'rel1', certificate: 'c' });
    };
    const follow = () => followProject({ project: story.project.id });
    return { closes, ends, follow, done, seen, fail: (half: string | null) => (failing = half) };
  }

  it.each([
    ['the last release ends, then the project closes', ['ends', 'closes']],
    ['the project closes, then its last release ends', ['closes', 'ends']],
  ] as const)('is destroyed when %s', async (_order, [first, second]) => {
    const { follow, done, ...happens } = followed();
    await follow();
    happens[first]();
    await follow();
    expect(done).toEqual([]);
    happens[second]();
    await follow();
    expect(done).toEqual(['ledger', 'vault']);
  });

  it.each(['ledger', 'vault'])(
    'is destroyed after all when the %s half could not be at first',
    async (half) => {
      const { closes, ends, follow, done, seen, fail } = followed();
      closes();
      ends();
      fail(half);
      await expect(follow()).rejects.toThrow('the machine went down');
      // Not done with the change: the sweep comes back to it, also where the engine has forgotten everything.
      expect(seen).toEqual([]);
      fail(null);
      await follow();
      expect(done.slice(-2)).toEqual(['ledger', 'vault']);
    },
  );
});

describe('B53: the 72 hours of an incident', () => {
  it('are looked at again when a reminder is due, which is given once, and also after the project has closed', async () => {
    const story = permitted();
    story.onProject(story.as('lay'), { type: 'RecordIncident', what: 'w', awareAt: story.now });
    story.project = { ...story.project, closedAt: story.now };
    const none = () => Promise.resolve();
    const { followProject } = createFollowingActivities({
      ledger: {
        world: () => Promise.resolve({ world: story.world, now: story.now }),
        onProject: (_id: string, actor: Actor, draft: () => { command: ProjectCommand }) =>
          Promise.resolve(story.onProject(actor, draft().command)),
      } as unknown as Ledger,
      vault: { keys: { destroy: none } as unknown as Vault['keys'] },
      dataSource: {} as DataSource,
      outbox: { seen: none },
      starter: { wake: none, dismiss: none, wakeProject: none },
    });
    const given = () => story.project.incidents[0]?.reminders.map(({ hoursLeft }) => hoursLeft);
    const look = async () => ({ ...(await followProject({ project: story.project.id })), given: given() });
    const first = await look();
    expect(first).toMatchObject({ isOver: false, given: [] });
    story.now = plus(story.now, first.dueIn ?? 0);
    const second = await look();
    expect([second.dueIn, second.given]).toEqual([DAY, [24]]);
    expect((await look()).given).toEqual([24]);
    story.now = plus(story.now, DAY);
    expect(await look()).toMatchObject({ dueIn: null, given: [24, 0] });
  });
});

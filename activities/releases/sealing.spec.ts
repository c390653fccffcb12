// What is recorded while a release is made: the release is made anew and heeds it, a few times, and otherwise is not sealed.
import { MockActivityEnvironment } from '@temporalio/testing';
import type { ProjectCommand } from '#libs/domain';
import { Refused } from '#libs/ledger';
import type { Draft, Ledger } from '#libs/ledger';
import type { Vault } from '#libs/vault';
import { atDataRequest, deposited, release, WORKER } from '../../libs/testing/story';
import { createReleaseActivities } from './index';

const assessment = {
  ...{ people: 12, smallestGroup: 12, quasiIdentifiers: [], uniqueGroups: 0, smallGroups: 0 },
  ...{ smallestGroups: [12], diversity: [] },
};
const MANIFEST = { sha256: 'd', rows: 12, bytes: 1, level: 'ROWS', assessment };

/** A release that is being made; `meanwhile` happens during each making. */
function making(meanwhile: (times: number, object: () => void) => void) {
  const story = deposited(atDataRequest(), [], 'DEIDENTIFIED');
  story.onProject(story.as('lead'), release(story, [], { tier: 'DEIDENTIFIED' }));
  const without: string[][] = [];
  const object = () => {
    const who = `who${story.project.objections.length + 1}`;
    const objection = {
      type: 'RecordObjection',
      deposit: 'd1',
      people: 1,
      assurance: 'ACCOUNT',
      who,
    } as const;
    story.onProject(story.as('holder'), objection);
  };
  const ledger = {
    world: () => Promise.resolve({ world: story.world, now: story.now }),
    openDeposit: () => Promise.resolve({ wrappedKey: 'wrapped' }),
    keepUnitPart: () => Promise.resolve(Buffer.alloc(32)),
    texts: (wanted: string[]) => Promise.resolve(new Map(wanted.map((id) => [id, JSON.stringify([id])]))),
    sealRelease: (_project: string, _part: Buffer, { command }: Draft<ProjectCommand>) => {
      const tried = story.tryProject(WORKER, command);
      return tried.ok ? Promise.resolve() : Promise.reject(new Refused(tried.refusal));
    },
  };
  const vault = {
    materialise: ({ sources }: Parameters<Vault['materialise']>[0]) => {
      without.push(sources.flatMap((source) => source.without ?? []));
      meanwhile(without.length, object);
      return Promise.resolve({ objectId: 'o', manifest: MANIFEST });
    },
  };
  const { sealRelease } = createReleaseActivities({
    ...{ ledger: ledger as unknown as Ledger, vault: vault as unknown as Vault },
  });
  const at = { project: story.project.id, release: 'rel1' };
  return { story, without, seal: () => new MockActivityEnvironment().run(sealRelease, at) };
}

it('T10, I3: an objection recorded while a release is made is heeded: it is made anew without that person', async () => {
  const { story, without, seal } = making((times, object) => {
    if (times === 1) object();
  });
  expect(await seal()).toEqual({ refused: null });
  expect(without).toEqual([[], ['who1']]);
  expect(story.project.releases['rel1']?.sealed).toMatchObject({ heeded: ['ob1'] });
});

it('T10: where objections never cease it rests unsealed, and says why', async () => {
  const { story, without, seal } = making((_times, object) => object());
  expect(await seal()).toEqual({ refused: 'OBJECTIONS_SINCE' });
  expect(without).toHaveLength(5);
  expect(story.project.releases['rel1']?.sealed).toBeNull();
});

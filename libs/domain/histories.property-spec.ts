// Invariants over generated histories: whatever people do, in whatever order, these hold after every step.
import fc from 'fast-check';
import type {
  ProgrammeEvent,
  ProgrammeState,
  ProjectEvent,
  ProjectState,
  Recorded,
  Release,
  World,
} from './index';
import {
  counted,
  effects,
  evolveProgramme,
  evolveProject,
  isPublishedOnly,
  peopleAt,
  readGate,
  releaseClosure,
  releaseGate,
  roundAbout,
  settledAt,
} from './index';
import { aHistory, begin, play } from '../testing/histories';
import type { Story } from '../testing/story';
import { WORKER } from '../testing/story';

const RUNS = { numRuns: 150 };

/** Who speaks now for the holders whose data is in the release. */
const givers = ({ programme, project, now }: Story, { requests, imports = [] }: Release) =>
  [
    ...requests.map((id) => project.requests[id]?.holder),
    ...imports.map((id) => project.imports[id]?.organisation),
  ]
    .flatMap((organisation) =>
      organisation === undefined
        ? []
        : peopleAt(programme, now, { organisation, roles: ['dataHolder', 'informationRiskOwner'] }),
    )
    .map(({ person }) => person);

/** Plays a history and looks at the story after every step. */
const everyStep = (look: (story: Story, events: Recorded[]) => void): void => {
  fc.assert(
    fc.property(aHistory, ({ beginning, steps }) => {
      const story = begin(beginning);
      for (const step of steps) {
        const from = story.log.length;
        play(story, step);
        look(
          story,
          story.log.slice(from).map((entry) => entry.event),
        );
      }
    }),
    RUNS,
  );
};

describe('generated histories', () => {
  it('I1: a permit exists only where LEGAL, ETHICAL, TRUST and, from wave 2, BENEFIT stood on exactly that core; of published data, its legal check', () => {
    everyStep((story, events) => {
      for (const event of events) {
        if (event.type !== 'PermitGiven') continue;
        const release = story.project.releases[event.data.release];
        if (release && isPublishedOnly(release)) {
          const checks = (release.imports ?? []).map((id) => story.project.imports[id]?.checks);
          for (const given of checks)
            expect(given).toMatchObject([{ person: 'per_riskOwner', outcome: 'PERMITTED' }]);
          expect(release.sealed?.content.core).toBe(event.data.core);
          continue;
        }
        const trust = roundAbout(story.project.checkpoints, 'TRUST', event.data.release);
        expect(trust?.content.core).toBe(event.data.core);
        expect(release?.sealed?.content.core).toBe(event.data.core);
        for (const kind of ['LEGAL', 'ETHICAL'] as const) {
          const round = roundAbout(story.project.checkpoints, kind, release?.boundary ?? '');
          expect(round && settledAt(story.programme, round)).not.toBeNull();
        }
        // In their own right or for a colleague, somebody of each role and of each organisation.
        const signers = trust
          ? counted(story.programme, 'TRUST', trust, event.at).flatMap((d) => d.roles)
          : [];
        expect(signers).toEqual(expect.arrayContaining(['policyOfficial', 'researcher', 'dataHolder']));
        if (event.data.wave > 1) {
          const benefit = roundAbout(story.project.checkpoints, 'BENEFIT', `w${event.data.wave}`);
          const parties = benefit
            ? counted(story.programme, 'BENEFIT', benefit, event.at).map((d) => d.organisation)
            : [];
          expect(new Set(parties)).toEqual(new Set(['org_university', 'org_council', 'org_holder']));
        }
      }
    });
  });

  it('I2, I3: no permit and no read begins after a withdrawal that closes the release', () => {
    fc.assert(
      fc.property(aHistory, ({ beginning, steps }) => {
        const story = begin(beginning);
        const closed = new Set<string>();
        for (const step of steps) {
          const from = story.log.length;
          play(story, step);
          for (const { event } of story.log.slice(from)) {
            if (event.type === 'PermitGiven' || event.type === 'ReadOpened')
              expect(closed.has(event.data.release)).toBe(false);
          }
          for (const release of Object.values(story.project.releases))
            if (release.permit && releaseClosure(story.world, release)) closed.add(release.id);
        }
      }),
      RUNS,
    );
  });

  it('T10: whatever closes a release is told to its lead, its readers and its holders, by the entry that does', () => {
    let closings = 0;
    fc.assert(
      fc.property(aHistory, ({ beginning, steps }) => {
        const story = begin(beginning);
        for (const step of steps) {
          const [before, from] = [story.world, story.log.length];
          play(story, step);
          const told = story.log.slice(from).flatMap(({ stream, event }) => {
            const side = (world: World) => (stream === world.programme.id ? world.programme : world);
            return effects(side(before), side(story.world), [event]);
          });
          const noticed = told.filter(({ purpose }) => purpose === 'WITHDRAWAL_NOTICE').map((m) => m.person);
          for (const release of Object.values(story.project.releases)) {
            if (releaseClosure(before, release) || !releaseClosure(story.world, release)) continue;
            closings += 1;
            const present = peopleAt(story.programme, story.now).map(({ person }) => person);
            const concerned = [story.project.lead, ...release.readers, ...givers(story, release)];
            expect(noticed).toEqual(expect.arrayContaining(concerned.filter((p) => present.includes(p))));
          }
        }
      }),
      RUNS,
    );
    expect(closings).toBeGreaterThan(20);
  });

  it('I5: at most one effective decision per person and round', () => {
    everyStep((story) => {
      for (const checkpoint of Object.values({
        ...story.project.checkpoints,
        agreement: story.programme.checkpoints['k1'],
      })) {
        for (const round of checkpoint?.rounds ?? []) {
          const standing = round.decisions.filter((d) => d.withdrawn === null).map((d) => d.person);
          expect(new Set(standing).size).toBe(standing.length);
        }
      }
    });
  });

  it('I7, I8: only asked, entitled people other than the proposer count, and only on the round’s own core', () => {
    everyStep((story) => {
      for (const checkpoint of Object.values(story.project.checkpoints)) {
        for (const round of checkpoint.rounds) {
          for (const decision of counted(story.programme, checkpoint.kind, round, story.now)) {
            expect(decision.core).toBe(round.content.core);
            expect(decision.person).not.toBe(round.proposer);
            expect(round.asked.map((a) => a.person)).toContain(decision.person);
          }
        }
      }
    });
  });

  it('I10: folding the recorded entries again gives the same state', () => {
    fc.assert(
      fc.property(aHistory, ({ beginning, steps }) => {
        const story = begin(beginning);
        for (const step of steps) play(story, step);
        let programme: ProgrammeState | null = null;
        let project: ProjectState | null = null;
        for (const { stream, event } of JSON.parse(JSON.stringify(story.log)) as Story['log']) {
          if (stream === story.programme.id)
            programme = evolveProgramme(programme, stream, event as Recorded<ProgrammeEvent>);
          else project = evolveProject(project, stream, event as Recorded<ProjectEvent>);
        }
        expect(programme).toEqual(story.programme);
        expect(project).toEqual(story.project);
      }),
      { numRuns: 60 },
    );
  });

  it('I12, T1: neither the clock nor the worker keeping time ever opens a gate or settles a round', () => {
    fc.assert(
      fc.property(aHistory, fc.integer({ min: 0, max: 400 }), ({ beginning, steps }, days) => {
        const story = begin(beginning);
        for (const step of steps) play(story, step);
        const before = Object.values(story.project.releases).filter(
          (r) => releaseGate(story.world, r, story.now).open,
        );
        const readable = Object.values(story.project.releases).filter(
          (r) => readGate(story.world, r, story.now).open,
        );
        story.wait(days * 86_400_000);
        for (const { id, rounds } of Object.values(story.project.checkpoints))
          story.tryProject(WORKER, { type: 'KeepTime', checkpoint: id, round: rounds.length });
        const ids = (list: { id: string }[]) => list.map((r) => r.id);
        for (const release of Object.values(story.project.releases)) {
          if (releaseGate(story.world, release, story.now).open) expect(ids(before)).toContain(release.id);
          if (readGate(story.world, release, story.now).open) expect(ids(readable)).toContain(release.id);
        }
      }),
      RUNS,
    );
  });
});

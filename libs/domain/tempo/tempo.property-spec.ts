// Tempo told as stories, and as a property: whatever a shock hastens, it opens nothing.
import fc from 'fast-check';
import type { ProjectCommand, Refusal } from '../index';
import {
  moves,
  readGate,
  releaseGate,
  reminderDue,
  roundStatus,
  STAGES,
  stageStatus,
  SHOCK_CAUSES,
  tempoOf,
} from '../index';
import { aHistory, begin, play } from '../../testing/histories';
import type { Story } from '../../testing/story';
import { atDataRequest, DAY, question, request, WORKER } from '../../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const shock = {
  ...{ type: 'SetTempo', tempo: 'SHOCK', cause: 'PUBLIC_OUTCRY', reason: 'r' },
} as const satisfies ProjectCommand;
const calm = {
  ...{ type: 'SetTempo', tempo: 'ROUTINE', cause: null, reason: 'r' },
} as const satisfies ProjectCommand;

const asked = (): Story => {
  const story = atDataRequest();
  return story.onProject(story.as('lead'), question(story));
};
const keep = (story: Story): string[] => {
  const checkpoint = story.checkpoint('QUESTION');
  const before = story.log.length;
  story.onProject(WORKER, { type: 'KeepTime', checkpoint, round: story.round(checkpoint).round });
  return story.log.slice(before).map(({ event }) => event.type);
};

/** Everything a person, a page or a gate could be told about how far things are. */
function standing({ world, programme, project, now }: Story) {
  return {
    gates: Object.values(project.releases).map((r) => [releaseGate(world, r, now), readGate(world, r, now)]),
    stages: project.cycles.map((cycle) => STAGES.map((stage) => stageStatus(world, cycle, stage, now))),
    rounds: Object.values(project.checkpoints).flatMap(({ kind, rounds }) =>
      rounds.map((round) => roundStatus(programme, kind, round, now)),
    ),
  };
}

describe('a shock', () => {
  it.each(SHOCK_CAUSES)('B47: has a cause, such as %s, and ends in routine', (cause) => {
    const story = atDataRequest();
    story.onProject(story.as('official'), { ...shock, cause });
    expect(tempoOf(story.project)).toBe('SHOCK');
    story.onProject(story.as('lead'), calm);
    expect(story.project.tempos.map((t) => [t.tempo, t.cause])).toEqual([
      ['SHOCK', cause],
      ['ROUTINE', null],
    ]);
  });

  it('B47: without a cause, by somebody else, or without need is refused', () => {
    const story = atDataRequest();
    const lead = story.as('lead');
    expect(ruleOf(story.tryProject(lead, { ...shock, cause: null }))).toBe('CAUSE');
    expect(ruleOf(story.tryProject(lead, { ...calm, cause: 'ECONOMIC_CHANGE' }))).toBe('CAUSE');
    expect(ruleOf(story.tryProject(story.as('lay'), shock))).toBe('WRONG_ROLE');
    expect(ruleOf(story.tryProject(lead, calm))).toBe('ROUTINE');
  });

  it('T13: halves the wait for reminders and escalations, and takes nobody’s time to answer', () => {
    const story = asked();
    story.onProject(story.as('lead'), shock).wait(3 * DAY);
    expect(keep(story)).toEqual(['Reminded']);
    expect(keep(story.wait(2 * DAY))).toEqual(['Escalated']);
    expect(keep(story.wait(8 * DAY))).toEqual([]);
    expect(keep(story.wait(1.1 * DAY))).toEqual(['RoundLapsed']);
  });

  it('T13: reminds a holder sooner, and lets the request lapse no sooner', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), request(story)).onProject(story.as('lead'), shock);
    const look = () => {
      const before = story.log.length;
      story.onProject(WORKER, { type: 'KeepRequestTime', request: 'r1' });
      return story.log.slice(before).map(({ event }) => event.type);
    };
    story.wait(3 * DAY);
    expect([look(), look()]).toEqual([['RequestReminded'], []]);
    story.wait(10 * DAY);
    expect(look()).toEqual([]);
    story.wait(2 * DAY);
    expect(look()).toEqual(['RequestLapsed']);
  });

  it('T13: at any point of any history changes no gate, no stage and no round', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(40), ({ beginning, steps }, at) => {
        const story = begin(beginning);
        for (const [index, step] of steps.entries()) {
          play(story, step);
          if (index !== Math.min(at, steps.length - 1)) continue;
          const { now } = story;
          const before = standing(story);
          story.tryProject(story.as('lead'), shock);
          // The entry itself takes a millisecond; what is compared is the rules, not the clock.
          story.now = now;
          expect(standing(story)).toEqual(before);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('T13: under a shock the worker keeping time opens nothing and lapses nothing before its deadline', () => {
    fc.assert(
      fc.property(aHistory, fc.integer({ min: 0, max: 20 }), ({ beginning, steps }, days) => {
        const story = begin(beginning);
        for (const step of steps) play(story, step);
        story.tryProject(story.as('lead'), shock);
        story.wait(days * DAY);
        const open = () =>
          Object.values(story.project.releases).map((r) => releaseGate(story.world, r, story.now).open);
        const before = open();
        for (const { id, rounds } of Object.values(story.project.checkpoints)) {
          const round = rounds.at(-1);
          const from = story.log.length;
          story.tryProject(WORKER, { type: 'KeepTime', checkpoint: id, round: rounds.length });
          const lapsed = story.log.slice(from).some(({ event }) => event.type === 'RoundLapsed');
          if (lapsed) expect((round?.deadline ?? '') <= story.now).toBe(true);
        }
        open().forEach((isOpen, index) => expect(isOpen && before[index] !== true).toBe(false));
      }),
      { numRuns: 100 },
    );
  });
});

describe('suspending and resuming', () => {
  it('B47, T13: every deadline and reminder moves by the time suspended, and nothing loses its place', () => {
    const story = asked();
    const round = story.round(story.checkpoint('QUESTION'));
    const due = () =>
      moves(story.world, story.now).find((m) => m.about === story.checkpoint('QUESTION'))?.due;
    const [before, stages] = [due(), STAGES.map((stage) => story.stage(stage))];
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    expect(moves(story.world, story.now).map((m) => m.what)).toEqual(['resume the project']);
    story.wait(30 * DAY).onProject(story.as('lead'), { type: 'ResumeProject' });
    const moved = Date.parse(due() ?? '') - Date.parse(before ?? '');
    expect(moved).toBe(30 * DAY + 1);
    const reminder = reminderDue(story.project, round.openedAt, round.remindAt, story.now);
    expect(Date.parse(reminder) - Date.parse(round.remindAt)).toBe(moved);
    expect(STAGES.map((stage) => story.stage(stage))).toEqual(stages);
    expect(keep(story)).toEqual([]);
  });

  it('T13: a suspended project is not hastened either', () => {
    const story = asked();
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    expect(ruleOf(story.tryProject(story.as('lead'), shock))).toBe('PROJECT_SUSPENDED');
  });
});

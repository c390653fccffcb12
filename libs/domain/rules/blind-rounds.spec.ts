// T5: what others answered in a blind round is read once the round has closed, and before by its signers alone.
import {
  atDataRequest,
  COUNCIL,
  deposited,
  HOLDER,
  personId,
  sealedRelease,
  TRUSTED,
} from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import { agendaOf, gateSeenBy, mayReadEntry, moves, movesSeenBy, releaseGate, roundStatus } from '../index';
import type { ProjectEvent } from '../events';
import type { Deposit } from '../state';

/** The council commissions the holder, and both are asked whether they trust the release. */
function commissioned(): Story {
  const story = deposited(atDataRequest());
  const { organisations } = story.programme;
  const holder = organisations[HOLDER];
  if (!holder) throw new Error('the cast has no holder');
  story.programme = {
    ...story.programme,
    organisations: { ...organisations, [HOLDER]: { ...holder, commissionedBy: [COUNCIL] } },
  };
  return sealedRelease(story);
}

type Given = { checkpoint: string; person: string };

const trustOf = (story: Story) => {
  const found = Object.values(story.project.checkpoints).find(({ kind }) => kind === 'TRUST');
  const round = found?.rounds.at(-1);
  if (!found || !round) throw new Error('nobody was asked for trust');
  return { id: found.id, round, status: roundStatus(story.programme, 'TRUST', round, story.now) };
};

/** How many answers to TRUST somebody reads in the ledger. */
const answersRead = (story: Story, name: Name | null): number =>
  story.log
    .map(({ event }) => event as ProjectEvent)
    .filter(
      ({ type, data }) => type === 'DecisionRecorded' && (data as Given).checkpoint === trustOf(story).id,
    )
    .filter((event) => {
      const actor = { person: (event.data as Given).person };
      return mayReadEntry(story.world, { ...event, actor }, name && personId(name), story.now);
    }).length;

it('T5: while a blind round is open, an answer is read by who gave it, and by nobody it could please', () => {
  const story = commissioned().sign('TRUST', 'holder', 'researcher');
  expect(trustOf(story)).toMatchObject({ round: { blind: true }, status: 'OPEN' });
  const read = (['holder', 'researcher', 'official', 'lead', null] as const).map((name) =>
    answersRead(story, name),
  );
  expect(read).toEqual([1, 1, 0, 0, 0]);
});

it('T5: once it has closed, everybody reads every answer', () => {
  const story = commissioned().sign('TRUST', ...TRUSTED);
  expect(trustOf(story).status).toBe('SETTLED');
  expect(answersRead(story, 'official')).toBe(TRUSTED.length);
  expect(answersRead(story, null)).toBe(TRUSTED.length);
});

it('T5: where nobody commissions anybody, answers are open from the start', () => {
  const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', 'holder');
  expect(trustOf(story)).toMatchObject({ round: { blind: false }, status: 'OPEN' });
  expect(answersRead(story, 'official')).toBe(1);
});

/** The lay member audits besides. */
function audited(story: Story): Story {
  const { people } = story.programme;
  const lay = people[personId('lay')];
  if (!lay) throw new Error('the cast has no lay member');
  const tenures = lay.tenures.map((tenure) => ({ ...tenure, roles: [...tenure.roles, 'auditor' as const] }));
  story.programme = { ...story.programme, people: { ...people, [lay.id]: { ...lay, tenures } } };
  return story;
}

const VIEWERS = ['holder', 'researcher', 'official', 'lead', 'lay', null] as const;

/** Whom somebody is told that the sign-off waits for, where moves, gate and the telling of both are asked. */
function waitedFor(story: Story, name: Name | null) {
  const { world, now } = story;
  const who = name && personId(name);
  const { id } = trustOf(story);
  const release = world.project.releases['rel1'];
  if (!release) throw new Error('no release was sealed');
  const gate = gateSeenBy(world, release, who, now);
  const missing = gate.open ? [] : gate.missing.filter(({ rule }) => rule === 'TRUST');
  return {
    moves: movesSeenBy(world, moves(world, now), who, now)
      .filter(({ about, what }) => about === id && what === 'answer TRUST')
      .flatMap((move) => move.who),
    gate: missing.flatMap(({ waitingFor }) => waitingFor),
  };
}

it('T5: whoever looks, moves and gate of a blind round await everybody asked; only one’s own answer is known to oneself', () => {
  const story = audited(commissioned().sign('TRUST', 'holder', 'researcher'));
  const asked = trustOf(story).round.asked.map(({ person }) => person);
  const open = asked.filter((person) => ![personId('holder'), personId('researcher')].includes(person));
  expect(open.length).toBeGreaterThan(0);
  for (const name of VIEWERS) {
    const own = (['holder', 'researcher'] as Name[]).filter((one) => one === name).map(personId);
    const expected = name === 'lay' ? open : asked.filter((person) => !own.includes(person));
    expect({ name, ...waitedFor(story, name) }).toEqual({ name, moves: expected, gate: expected });
  }
});

it('T5: whether somebody answered shows nowhere: before and after, others see the same moves, gate and agenda', () => {
  const before = commissioned();
  const [seen, meeting] = [waitedFor(before, 'official'), { id: 'm1' } as never];
  const agenda = ({ programme, world, now }: Story) =>
    agendaOf(programme, [world], world.project, meeting, now).decisions.map(({ about, who }) => [about, who]);
  const told = agenda(before);
  const after = before.sign('TRUST', 'holder');
  expect(waitedFor(after, 'official')).toEqual(seen);
  expect(agenda(after)).toEqual(told);
});

it('T5: what the engine goes by stays the truth: it reminds only those who have not answered, and tells nobody else', () => {
  const story = audited(commissioned().sign('TRUST', 'holder'));
  const gate = releaseGate(story.world, story.world.project.releases['rel1'] as never, story.now);
  expect(gate.open || gate.missing.flatMap(({ waitingFor }) => waitingFor)).not.toContain(personId('holder'));
  const { id, round } = trustOf(story);
  const reminded = {
    ...{ type: 'Reminded' as const, actor: { process: 'worker' as const } },
    data: { checkpoint: id, round: round.round, people: [personId('researcher')], count: 1 },
  };
  const read = VIEWERS.map((name) =>
    mayReadEntry(story.world, reminded as never, name && personId(name), story.now),
  );
  expect(read).toEqual([false, false, false, false, true, false]);
});

it('T5: where nobody commissions anybody, moves say who is still awaited', () => {
  const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', 'holder');
  expect(waitedFor(story, 'official').moves).not.toContain(personId('holder'));
});

it('T5: an answered request looks awaited to others as long as one that commissions its holder is; no deposit gives it away', () => {
  const story = commissioned();
  const { r1 } = story.project.requests;
  if (!r1) throw new Error('nothing was requested');
  // The council, which commissions the holder, is asked for data of its own in the same round.
  const asked = { ...r1, id: 'r2', holder: COUNCIL, answer: null };
  const invited = { id: 'd9', request: 'r1', received: null, outcome: null, destroyed: null };
  const deposit = { ...story.project.deposits['d1'], ...invited } as Deposit;
  story.project = { ...story.project, requests: { r1, r2: asked }, deposits: { d9: deposit } };
  const seen = (name: Name) =>
    movesSeenBy(story.world, moves(story.world, story.now), personId(name), story.now)
      .filter(({ about }) => ['r1', 'r2', 'd9'].includes(about))
      .map(({ about }) => about)
      .sort();
  expect(seen('official')).toEqual(['r1', 'r2']);
  // The holder's own people know: their custodian has the deposit to make.
  expect(seen('holder')).toEqual(['d9', 'r2']);
});

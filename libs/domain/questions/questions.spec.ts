// Questions told as stories: a chain of versions, and sufficiency granted and revoked.
import type { Refusal } from '../index';
import { effects, releaseGate, sufficiency } from '../index';
import type { Story } from '../../testing/story';
import {
  aCycle,
  anAgreement,
  atDataRequest,
  deposited,
  GATE,
  question,
  sealedRelease,
  secondWave,
  settleQuestion,
  TRUSTED,
} from '../../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const status = (story: Story): string => sufficiency(story.world, story.now).status;
const missing = (story: Story, id: string): string[] => {
  const release = story.project.releases[id];
  if (!release) throw new Error(`no release ${id}`);
  const gate = releaseGate(story.world, release, story.now);
  return gate.open ? [] : gate.missing.map((m) => m.rule);
};
const revoke = { type: 'RevokeSufficiency', because: 'b', cites: [] as string[] } as const;

/** A second wave whose every sign-off stands: its gate is open. */
function openSecondWave(): Story {
  const story = secondWave();
  story.onProject(story.as('lead'), { type: 'ProposeBenefit', wave: 2, content: story.content() });
  return sealedRelease(story, ['rel1'], 'DEIDENTIFIED')
    .sign('TRUST', ...TRUSTED)
    .sign('BENEFIT', 'researcher', 'official', 'holder');
}

const atQuestion = (): Story => {
  const story = anAgreement();
  story.onProject(story.as('lead'), { type: 'StartProject', programme: story.programme.id, title: 't' });
  return story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: null });
};

describe('the chain of versions', () => {
  it('B13: a broad aim is narrowed step by step, each version saying what it changes of which, and why', () => {
    const story = settleQuestion(atDataRequest(), { change: { kind: 'NARROWS', what: 'age', because: 'r' } });
    settleQuestion(story, {
      change: { kind: 'NARROWS', what: 'area', because: 's' },
      form: { aim: 'TIGHT', options: ['visits', 'letters'] },
    });
    expect(story.project.questions.map((q) => [q.id, q.form?.change?.from ?? null, q.form?.aim])).toEqual([
      ['q1', null, 'BROAD'],
      ['q2', 'q1', 'BROAD'],
      ['q3', 'q2', 'TIGHT'],
    ]);
  });

  it('B13: a version that does not say what it changes is refused', () => {
    const story = atDataRequest();
    const silent = question(story, { form: { change: null } });
    expect(ruleOf(story.tryProject(story.as('lead'), silent))).toBe('CHAIN');
    const nowhere = question(story, { change: { from: 'q7' } });
    expect(ruleOf(story.tryProject(story.as('lead'), nowhere))).toBe('CHAIN');
    const invented = question(story, { change: { cites: ['i4'] } });
    expect(ruleOf(story.tryProject(story.as('lead'), invented))).toBe('UNKNOWN_CITATION');
  });

  it('B13: the first question changes no other', () => {
    const story = atQuestion();
    const change = { from: 'q1', kind: 'NARROWS' as const, what: 'w', because: 'b', cites: [] };
    expect(ruleOf(story.tryProject(story.as('lead'), question(story, { form: { change } })))).toBe('CHAIN');
  });

  it('B13: a tight question names the options it assumes, a broad one assumes none', () => {
    const story = atQuestion();
    const tight = question(story, { form: { aim: 'TIGHT' } });
    expect(ruleOf(story.tryProject(story.as('lead'), tight))).toBe('OPTIONS');
    const broad = question(story, { form: { options: ['visits'] } });
    expect(ruleOf(story.tryProject(story.as('lead'), broad))).toBe('OPTIONS');
  });

  it('B11, B13: the question of a later cycle goes on from a question and cites the insights that raised it', () => {
    const story = aCycle();
    story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' });
    settleQuestion(story, { change: { kind: 'NARROWS', cites: ['n1', 'f1'] } });
    expect(story.project.questions.at(-1)).toMatchObject({
      cycle: 'c2',
      form: { change: { from: 'q1', cites: ['n1', 'f1'] } },
    });
  });

  it('B21: a question can remain without data, and data without a question is never requested', () => {
    const story = settleQuestion(atQuestion());
    story.onProject(story.as('lead'), { type: 'SettleEmpty', stage: 'dataRequest', reason: 'r' });
    story.onProject(story.as('lead'), { type: 'SettleEmpty', stage: 'analysis', reason: 'r' });
    expect([story.stage('dataRequest'), story.stage('reflection')]).toEqual(['SETTLED', 'OPEN']);
  });

  it('B49: anybody on the roster may propose a version', () => {
    const story = atDataRequest();
    expect(ruleOf(story.tryProject(story.as('lay'), question(story)))).toBe('ACCEPTED');
  });
});

describe('sufficiency', () => {
  it('is granted by the signatures under the question, not by its proposal', () => {
    const story = atQuestion();
    story.onProject(story.as('lead'), question(story));
    expect(status(story)).toBe('NOT_GRANTED');
    expect(status(story.sign('QUESTION', 'official', 'researcher'))).toBe('GRANTED');
  });

  it('B18: revoked at once, and no further wave opens until a version signed afterwards grants it again', () => {
    const story = openSecondWave();
    expect(missing(story, 'rel2')).toEqual([]);
    story.onProject(story.as('official'), revoke);
    expect(missing(story, 'rel2')).toEqual(['SUFFICIENCY']);
    expect(ruleOf(story.tryProject(GATE, { type: 'GivePermit', release: 'rel2' }))).toBe('GATE_CLOSED');
    settleQuestion(story, { change: { kind: 'WIDENS' } });
    expect(status(story)).toBe('GRANTED');
    expect(missing(story, 'rel2')).toEqual(['QUESTION']);
  });

  it('B18: a widened version signed as not yet answerable with this data revokes too', () => {
    const story = settleQuestion(atDataRequest(), { sufficient: false, change: { kind: 'WIDENS' } });
    expect(status(story)).toBe('REVOKED');
    sealedRelease(deposited(story)).sign('TRUST', ...TRUSTED);
    expect(missing(story, 'rel1')).toEqual(['SUFFICIENCY']);
  });

  it('B18: a widened version that nobody signed revokes nothing', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), question(story, { sufficient: false, change: { kind: 'WIDENS' } }));
    expect(status(story)).toBe('GRANTED');
  });

  it('B18: a signer who takes back the revoking version does not bring sufficiency back', () => {
    const story = settleQuestion(atDataRequest(), { sufficient: false });
    story.onProject(story.as('official'), story.withdrawal('official', story.checkpoint('QUESTION')));
    expect(status(story)).toBe('REVOKED');
  });

  it('B18: a version proposed before the revocation does not undo it, however late it is signed', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), question(story));
    story.onProject(story.as('researcher'), revoke);
    story.sign('QUESTION', 'official', 'researcher');
    expect(status(story)).toBe('REVOKED');
  });

  it('B18: what was permitted stays readable: revocation keeps the next wave shut, no more', () => {
    const story = openSecondWave();
    story.onProject(GATE, { type: 'GivePermit', release: 'rel2' });
    story.onProject(story.as('official'), revoke);
    const run = { type: 'RegisterAnalysis', release: 'rel2', method: 'descriptive' } as const;
    const registered = { ...run, params: {}, hypothesis: 'h', support: 's' };
    expect(ruleOf(story.tryProject(story.as('researcher'), registered))).toBe('ACCEPTED');
  });

  it('B18: the lead and those asked under the question are told', () => {
    const story = atDataRequest();
    const before = story.world;
    story.onProject(story.as('official'), revoke);
    const event = story.log.at(-1)?.event;
    const told = event ? effects(before, story.world, [event]) : [];
    expect(told.map((m) => [m.purpose, m.person, m.about])).toEqual(
      ['lead', 'researcher', 'official'].map((name) => ['SUFFICIENCY_REVOKED', `per_${name}`, 'srv1']),
    );
  });

  it('refuses to revoke what is not granted, by the wrong role, or on invented grounds', () => {
    const story = atDataRequest();
    expect(ruleOf(story.tryProject(story.as('lay'), revoke))).toBe('WRONG_ROLE');
    expect(ruleOf(story.tryProject(story.as('official'), { ...revoke, cites: ['ev9'] }))).toBe(
      'UNKNOWN_CITATION',
    );
    story.onProject(story.as('official'), revoke);
    expect(ruleOf(story.tryProject(story.as('official'), revoke))).toBe('NOT_SUFFICIENT');
  });

  it('B18: revoking cites a piece of evidence of the register', () => {
    const story = atDataRequest();
    story.onProject(story.as('official'), {
      ...{
        type: 'RecordEvidence',
        kind: 'COMMENT',
        title: 't',
        audience: 'PARTNERS',
        text: 'words',
        others: 0,
      },
      ...{ attribution: { type: 'OUTSIDE', who: 'w' }, participants: [], meeting: null, assessment: null },
      provenance: { origin: 'o', dated: '2026-01-02T00:00:00.000Z', derivedFrom: [] },
    });
    expect(ruleOf(story.tryProject(story.as('official'), { ...revoke, cites: ['ev1'] }))).toBe('ACCEPTED');
  });

  it('a first question known to need more data grants nothing and revokes nothing', () => {
    const story = settleQuestion(atQuestion(), { sufficient: false });
    expect(status(story)).toBe('NOT_GRANTED');
  });
});

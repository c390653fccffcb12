// Evidence told as stories: who reads what, when notes are agreed, what may be research data.
import { changed, withId } from '../listed';
import fc from 'fast-check';
import type { Audience, Evidence, EvidenceCommands, EvidenceKind, Refusal } from '../index';
import {
  AUDIENCES,
  besideAnalysis,
  EVIDENCE_KINDS,
  isWider,
  mayRead,
  moves,
  notesStatus,
  researchUse,
  standingOf,
  tenureOf,
  whatRequestsMayReach,
} from '../index';
import type { Name, Story } from '../../testing/story';
import {
  ADMINISTRATOR,
  anAgreement,
  analysis,
  aRoster,
  atDataRequest,
  CAST,
  DAY,
  permitted,
  personId,
  request,
} from '../../testing/story';

type Recording = EvidenceCommands['RecordEvidence'];
type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const people = (...names: Name[]): string[] => names.map(personId);
const EVERYONE = Object.keys(CAST) as Name[];

const recording = (over: Partial<Recording> = {}): Recording => ({
  ...{
    kind: 'COMMENT',
    title: 'title',
    audience: 'PARTNERS',
    text: 'words',
    assessment: null,
    meeting: null,
  },
  ...{ attribution: { type: 'PERSON', person: personId('official') }, participants: [], others: 0 },
  provenance: { origin: 'origin', dated: '2026-01-02T00:00:00.000Z', derivedFrom: [] },
  ...over,
});
const minutes = (over: Partial<Recording> = {}) =>
  recording({ kind: 'MINUTES', participants: people('official', 'researcher'), ...over });
const assessment = {
  ...{ protocol: 'protocol', findings: 'findings', limits: 'limits' },
  search: { sources: 's', terms: 't', from: '2010-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' },
};

/** A project with a question, and a core team of the researcher and the official. */
function aProject(): Story {
  const story = atDataRequest();
  story.onProgramme(story.as('lead'), {
    type: 'NameCoreTeam',
    members: people('lead', 'researcher', 'official'),
  });
  return story;
}
const record = (story: Story, by: Name, over: Recording) =>
  story.tryProject(story.as(by), { type: 'RecordEvidence', ...over });
/** Records an item for good and gives its id. */
function recorded(story: Story, by: Name, over: Recording): string {
  story.onProject(story.as(by), { type: 'RecordEvidence', ...over });
  return story.project.evidence.at(-1)?.id ?? '';
}
const item = (story: Story, id: string): Evidence => {
  const found = withId(story.project.evidence, id);
  if (!found) throw new Error(`no evidence ${id}`);
  return found;
};
const readers = (story: Story, id: string): Name[] =>
  EVERYONE.filter((name) => mayRead(story.programme, item(story, id), personId(name), story.now));
const audience = (story: Story, by: Name, evidence: string, to: Audience) =>
  ruleOf(story.tryProject(story.as(by), { type: 'ChangeAudience', evidence, audience: to }));
const agree = (story: Story, by: Name, evidence: string, version: number) =>
  ruleOf(story.tryProject(story.as(by), { type: 'AgreeNotes', evidence, version }));
const consider = (story: Story, by: Name, evidence: string, id = 'q1') =>
  ruleOf(
    story.tryProject(story.as(by), {
      ...{ type: 'ConsiderEvidence', evidence, in: { type: 'question', id }, because: 'why' },
    }),
  );
const cite = (story: Story, by: Name, evidence: string) =>
  story.tryProject(story.as(by), {
    ...{ type: 'CiteAsResearchData', evidence, in: { type: 'question', id: 'q1' }, because: 'why' },
  });
const status = (story: Story, id: string) => notesStatus(story.programme, item(story, id), story.now);

describe('the core team', () => {
  const name = (story: Story, by: Name, ...members: Name[]) =>
    ruleOf(story.tryProgramme(story.as(by), { type: 'NameCoreTeam', members: people(...members) }));

  it('B1, B55: is named by a lead, from researchers and officials of the roster', () => {
    const story = aRoster();
    expect(name(story, 'official', 'researcher', 'official')).toBe('WRONG_ROLE');
    expect(name(story, 'lead', 'researcher')).toBe('ONE_SIDED');
    expect(name(story, 'lead', 'researcher', 'holder')).toBe('NEITHER_SIDE');
    expect(name(story, 'lead', 'researcher', 'researcher', 'official')).toBe('NAMED_TWICE');
    expect(name(story, 'lead', 'researcher', 'official')).toBe('ACCEPTED');
    expect(story.programme.coreTeam?.members).toEqual(people('researcher', 'official'));
  });

  it('B1: changes over time; who has left the roster has left the team', () => {
    const story = aProject();
    const id = recorded(story, 'lead', recording({ audience: 'CORE_TEAM' }));
    expect(readers(story, id)).toContain('researcher');
    story.onProgramme(story.as('lead'), { type: 'RecordLeaver', person: personId('researcher') });
    expect(readers(story, id)).toEqual(['lead', 'official']);
  });

  it('B7: before one is named, CORE_TEAM reaches nobody but the author', () => {
    const story = atDataRequest();
    const id = recorded(story, 'lead', recording({ audience: 'CORE_TEAM' }));
    expect(readers(story, id)).toEqual(['lead']);
  });
});

describe('recording', () => {
  it.each<[string, Partial<Recording>]>([
    ['NO_WORDS', { kind: 'COMMENT', text: null }],
    ['NO_WORDS', { kind: 'MINUTES', text: null, participants: people('official') }],
    ['NOBODY_PRESENT', { kind: 'MINUTES' }],
    ['NOBODY_PRESENT', { kind: 'CALL', text: 'what was said' }],
    ['ASSESSMENT', { kind: 'REA', assessment: null }],
    ['ASSESSMENT', { kind: 'DOCUMENT', assessment }],
    ['NAMED_TWICE', { kind: 'CALL', participants: people('official', 'official') }],
    ['UNKNOWN_PERSON', { kind: 'CALL', participants: ['per_stranger'] }],
    ['UNKNOWN_PERSON', { attribution: { type: 'PERSON', person: 'per_stranger' } }],
    ['UNKNOWN_ORGANISATION', { attribution: { type: 'ROLE', role: 'dataHolder', organisation: 'org_x' } }],
    ['IN_THE_FUTURE', { provenance: { origin: 'o', dated: '2099-01-01T00:00:00.000Z', derivedFrom: [] } }],
    [
      'UNKNOWN_EVIDENCE',
      { provenance: { origin: 'o', dated: '2026-01-01T00:00:00.000Z', derivedFrom: ['ev9'] } },
    ],
    ['UNKNOWN_MEETING', { kind: 'COMMENT', meeting: 'mt1' }],
  ])('B7: is refused with %s', (rule, over) => {
    expect(ruleOf(record(aProject(), 'official', recording(over)))).toBe(rule);
  });

  it('B7: is for people on the roster', () => {
    const story = aProject();
    const command = { type: 'RecordEvidence', ...recording() } as const;
    expect(ruleOf(story.tryProject({ person: 'per_stranger' }, command))).toBe('NOT_ON_ROSTER');
    expect(ruleOf(story.tryProject(ADMINISTRATOR, command))).toBe('NOT_A_PERSON');
  });

  it('B7: keeps provenance, attribution and audience; attribution may be by role alone', () => {
    const story = aProject();
    const attribution = { type: 'ROLE', role: 'serviceManager', organisation: null } as const;
    const id = recorded(story, 'researcher', recording({ attribution }));
    expect(item(story, id)).toMatchObject({
      ...{ author: personId('researcher'), attribution, audience: 'PARTNERS' },
      provenance: { origin: 'origin', dated: '2026-01-02T00:00:00.000Z' },
    });
  });

  it('B7: "a call took place" stands without content, and nothing is then left to agree', () => {
    const story = aProject();
    const id = recorded(story, 'official', recording({ kind: 'CALL', text: null }));
    expect(status(story, id)).toBeNull();
    expect(consider(story, 'researcher', id)).toBe('ACCEPTED');
  });

  it('B7: only decisions must be recorded: no move ever waits for evidence to be recorded', () => {
    const story = aProject();
    expect(moves(story.world, story.now).filter((move) => /evidence|notes|minutes/.test(move.what))).toEqual(
      [],
    );
  });

  it('B17: a Rapid Evidence Assessment has protocol, a search bounded in time, findings and limits', () => {
    const story = aProject();
    const rea = (from: string, to: string) =>
      recording({
        ...{ kind: 'REA', text: null, audience: 'CORE_TEAM' },
        assessment: { ...assessment, search: { ...assessment.search, from, to } },
      });
    const year = (n: number) => `${n}-01-01T00:00:00.000Z`;
    expect(ruleOf(record(story, 'official', rea(year(2020), year(2010))))).toBe('SEARCH_UNBOUNDED');
    expect(ruleOf(record(story, 'official', rea(year(2010), year(2050))))).toBe('SEARCH_UNBOUNDED');
    const id = recorded(story, 'official', rea(year(2010), year(2020)));
    expect(item(story, id).assessment).toMatchObject({ protocol: 'protocol', limits: 'limits' });
    expect(consider(story, 'researcher', id)).toBe('ACCEPTED');
  });

  it('B55: the programme has a register of its own, under the same rules', () => {
    const story = anAgreement();
    story.onProgramme(story.as('official'), { type: 'RecordEvidence', ...recording() });
    expect(withId(story.programme.evidence, 'ev1')).toMatchObject({ author: personId('official') });
    const considered = story.tryProgramme(story.as('lead'), {
      ...{ type: 'ConsiderEvidence', evidence: 'ev1', in: { type: 'question', id: 'q1' }, because: 'why' },
    });
    expect(ruleOf(considered)).toBe('UNKNOWN_SUBJECT');
  });
});

describe('discretion', () => {
  it.each<[Audience, Name[]]>([
    ['AUTHOR', ['holder']],
    ['CORE_TEAM', ['lead', 'researcher', 'official', 'holder']],
    ['PARTNERS', EVERYONE],
    ['PUBLIC', EVERYONE],
  ])('B7: %s is read by exactly these', (to, expected) => {
    const story = aProject();
    const id = recorded(story, 'holder', recording({ audience: to }));
    expect(readers(story, id)).toEqual(EVERYONE.filter((name) => expected.includes(name)));
  });

  it('B7: to anyone else an item looks like one that does not exist', () => {
    const story = aProject();
    const id = recorded(story, 'holder', recording({ audience: 'AUTHOR' }));
    const tried = [id, 'ev99'].map((evidence) =>
      story.tryProject(story.as('lead'), { type: 'ChangeAudience', evidence, audience: 'PUBLIC' }),
    );
    expect(tried.map(ruleOf)).toEqual(['UNKNOWN_EVIDENCE', 'UNKNOWN_EVIDENCE']);
  });

  it('B7: those an item records read it as soon as anybody else does, and minutes from the start', () => {
    const story = aProject();
    const participants = people('riskOwner');
    const call = recorded(story, 'holder', recording({ kind: 'CALL', participants, audience: 'AUTHOR' }));
    expect(readers(story, call)).toEqual(['holder']);
    expect(audience(story, 'holder', call, 'CORE_TEAM')).toBe('ACCEPTED');
    expect(readers(story, call)).toContain('riskOwner');
    const notes = recorded(story, 'holder', minutes({ participants, audience: 'AUTHOR' }));
    expect(readers(story, notes)).toEqual(['holder', 'riskOwner']);
  });

  it('B7: an auditor reads what is shared with anyone, and not what its author keeps', () => {
    const story = aProject();
    story.onProgramme(story.as('lead'), {
      ...{ type: 'AttestPerson', person: 'per_auditor', organisation: 'org_university' },
      ...{ roles: ['auditor'], name: 'n', address: 'a' },
    });
    const reads = (to: Audience) =>
      mayRead(
        story.programme,
        item(story, recorded(story, 'holder', recording({ audience: to }))),
        'per_auditor',
        story.now,
      );
    expect([reads('AUTHOR'), reads('CORE_TEAM')]).toEqual([false, true]);
  });

  it('B7: only its author widens an audience', () => {
    const story = aProject();
    const id = recorded(story, 'holder', recording({ audience: 'CORE_TEAM' }));
    expect(audience(story, 'lead', id, 'PUBLIC')).toBe('NOT_ITS_AUTHOR');
    expect(audience(story, 'holder', id, 'CORE_TEAM')).toBe('SAME_AUDIENCE');
    expect(audience(story, 'holder', id, 'PUBLIC')).toBe('ACCEPTED');
  });

  it('B7: an author narrows until somebody has built on it, and never what is public', () => {
    const story = aProject();
    const id = recorded(story, 'holder', recording());
    expect(audience(story, 'holder', id, 'AUTHOR')).toBe('ACCEPTED');
    expect(audience(story, 'holder', id, 'PARTNERS')).toBe('ACCEPTED');
    expect(consider(story, 'lead', id)).toBe('ACCEPTED');
    expect(audience(story, 'holder', id, 'CORE_TEAM')).toBe('RELIED_ON');
    const open = recorded(story, 'holder', recording({ audience: 'PUBLIC' }));
    expect(audience(story, 'holder', open, 'PARTNERS')).toBe('RELIED_ON');
  });

  it('B7: a wider audience never takes a reader away, whoever wrote it and whoever took part', () => {
    const story = aProject();
    const name = fc.constantFrom(...EVERYONE);
    const anItem = fc.record({
      kind: fc.constantFrom(...EVIDENCE_KINDS),
      author: name,
      participants: fc.uniqueArray(name, { maxLength: 4 }),
      pair: fc.tuple(fc.constantFrom(...AUDIENCES), fc.constantFrom(...AUDIENCES)),
    });
    const base = item(story, recorded(story, 'holder', recording()));
    fc.assert(
      fc.property(anItem, ({ kind, author, participants, pair: [a, b] }) => {
        fc.pre(isWider(b, a));
        const made = { ...base, kind, author: personId(author), participants: people(...participants) };
        const reads = (to: Audience) =>
          EVERYONE.filter((n) => mayRead(story.programme, { ...made, audience: to }, personId(n), story.now));
        expect(reads(b)).toEqual(expect.arrayContaining(reads(a)));
        expect(reads(a)).toContain(author);
      }),
    );
  });

  it('B7: whoever has left reads nothing but what is public, not even what they wrote', () => {
    const story = aProject();
    const id = recorded(story, 'official', recording());
    story.onProgramme(story.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    expect(tenureOf(story.programme, personId('official'), story.now)).toBeNull();
    expect(readers(story, id)).not.toContain('official');
  });

  it('B7: says for every kind and audience what a freedom-of-information request may reach', () => {
    const all = EVIDENCE_KINDS.flatMap((kind: EvidenceKind) =>
      AUDIENCES.map((to) => whatRequestsMayReach(kind, to)),
    );
    expect(new Set(all).size).toBe(24);
    for (const sentence of all) expect(sentence).toMatch(/^[A-Z].* .*\. [A-Z].*\.$/);
  });
});

describe('notes', () => {
  it('B7: are drafts until each of those present has agreed to the same words', () => {
    const story = aProject();
    const id = recorded(story, 'official', minutes());
    expect(status(story, id)).toBe('DRAFT');
    expect(agree(story, 'lead', id, 1)).toBe('NOT_PRESENT');
    expect(agree(story, 'official', id, 1)).toBe('ALREADY_AGREED');
    expect(agree(story, 'researcher', id, 1)).toBe('ACCEPTED');
    expect(status(story, id)).toBe('AGREED');
  });

  it('B7: amended by one of those present, they are a draft again, every version kept', () => {
    const story = aProject();
    const id = recorded(story, 'lead', minutes());
    const amend = (by: Name) =>
      ruleOf(story.tryProject(story.as(by), { type: 'AmendNotes', evidence: id, text: 'better words' }));
    expect(agree(story, 'official', id, 1)).toBe('ACCEPTED');
    expect(amend('lead')).toBe('NOT_PRESENT');
    expect(amend('researcher')).toBe('ACCEPTED');
    expect(status(story, id)).toBe('DRAFT');
    expect(agree(story, 'official', id, 1)).toBe('NOTES_AMENDED');
    expect(agree(story, 'official', id, 2)).toBe('ACCEPTED');
    expect(status(story, id)).toBe('AGREED');
    expect(item(story, id).versions.map((v) => v.text)).toEqual(['words', 'better words']);
  });

  it('B7: silence agrees to nothing, however long (T1); one who has left is not waited for', () => {
    const story = aProject();
    const id = recorded(story, 'official', minutes());
    story.wait(40 * DAY);
    expect(status(story, id)).toBe('DRAFT');
    story.onProgramme(story.as('lead'), { type: 'RecordLeaver', person: personId('researcher') });
    expect(status(story, id)).toBe('AGREED');
  });

  it('B7: as drafts they are neither published nor relied on; agreed, they are amended no more once relied on', () => {
    const story = aProject();
    const id = recorded(story, 'official', minutes());
    expect(audience(story, 'official', id, 'PUBLIC')).toBe('NOTES_ARE_DRAFT');
    expect(consider(story, 'lead', id)).toBe('NOTES_ARE_DRAFT');
    expect(agree(story, 'researcher', id, 1)).toBe('ACCEPTED');
    expect(audience(story, 'official', id, 'CORE_TEAM')).toBe('RELIED_ON');
    expect(consider(story, 'lead', id)).toBe('ACCEPTED');
    expect(audience(story, 'official', id, 'PUBLIC')).toBe('ACCEPTED');
    const amended = story.tryProject(story.as('official'), { type: 'AmendNotes', evidence: id, text: 't' });
    expect(ruleOf(amended)).toBe('RELIED_ON');
  });

  it('B7: a comment has no notes to agree to', () => {
    const story = aProject();
    const id = recorded(story, 'official', recording());
    expect(agree(story, 'researcher', id, 1)).toBe('NO_NOTES');
  });
});

describe('use', () => {
  it('B20: what data is admitted alongside is recorded, with question, analysis or insight, once each', () => {
    const story = aProject();
    const id = recorded(story, 'official', recording());
    expect(consider(story, 'researcher', id, 'q9')).toBe('UNKNOWN_SUBJECT');
    expect(consider(story, 'researcher', id)).toBe('ACCEPTED');
    expect(consider(story, 'lead', id)).toBe('ALREADY_THERE');
    expect(item(story, id).considered).toMatchObject([
      { in: { type: 'question', id: 'q1' }, person: personId('researcher'), because: 'why' },
    ]);
  });

  it('B20: nothing is relied on that only its author could see, or that is empty', () => {
    const story = aProject();
    const kept = recorded(story, 'official', recording({ audience: 'AUTHOR' }));
    expect(consider(story, 'official', kept)).toBe('AUDIENCE_TOO_NARROW');
    const empty = recorded(story, 'official', recording({ kind: 'DOCUMENT', text: null }));
    expect(consider(story, 'lead', empty)).toBe('NOTHING_TO_RELY_ON');
    const file = { name: 'n', digest: 'd', bytes: 1, mediaType: 'application/pdf', object: 'o' };
    const store = (by: Name) =>
      ruleOf(story.tryProject(story.as(by), { type: 'StoreEvidenceFile', evidence: empty, ...file }));
    expect([store('lead'), store('official'), store('official')]).toEqual([
      ...['NOT_ITS_AUTHOR', 'ACCEPTED', 'HAS_A_FILE'],
    ]);
    expect(consider(story, 'lead', empty)).toBe('ACCEPTED');
  });

  it('B32: what a holder keeps back stands as cited, not seen; said of nothing that was not refused, and never research data', () => {
    const story = aProject();
    const unseen = recording({ unseen: 'r1' });
    expect(ruleOf(record(story, 'official', unseen))).toBe('UNKNOWN_REQUEST');
    story.onProject(story.as('lead'), request(story));
    expect(ruleOf(record(story, 'official', unseen))).toBe('NOT_REFUSED');
    story.onProject(story.as('holder'), {
      ...{ type: 'AnswerRequest', request: 'r1', outcome: 'REFUSED', grant: null },
      ...{ reasons: ['BREACH_OF_CLIENT_TRUST'], reason: null, assurance: 'ACCOUNT' },
    });
    const id = recorded(story, 'holder', { ...unseen, kind: 'DOCUMENT' });
    expect(standingOf(item(story, id))).toBe('CITED_NOT_SEEN');
    expect(standingOf(item(story, recorded(story, 'holder', recording())))).toBe('SEEN');
    expect(ruleOf(cite(story, 'researcher', id))).toBe('NO_CONSENT');
    expect(consider(story, 'researcher', id)).toBe('ACCEPTED');
  });

  it('B20: what was considered with an analysis, or with an insight resting on it, stands beside its result', () => {
    const story = permitted();
    story.onProject(story.as('researcher'), analysis(story));
    const [withRun, withInsight, withQuestion] = [1, 2, 3].map(() =>
      recorded(story, 'official', recording()),
    );
    const use = (evidence: string, type: 'analysis' | 'question', subject: string) =>
      story.onProject(story.as('lead'), {
        ...{ type: 'ConsiderEvidence', evidence, in: { type, id: subject }, because: 'why' },
      });
    use(withRun!, 'analysis', 'a1');
    use(withQuestion!, 'question', 'q1');
    const insight = {
      in: { type: 'insight', id: 'i1' },
      because: 'why',
      person: 'p',
      at: story.now,
    } as const;
    const project = {
      ...story.project,
      insights: [{ id: 'i1', analyses: ['a1'] }] as unknown as typeof story.project.insights,
      evidence: changed(story.project.evidence, withInsight!, (one) => ({ ...one, considered: [insight] })),
    };
    expect(besideAnalysis(project, 'a1').map(({ item: { id } }) => id)).toEqual([withRun, withInsight]);
    expect(besideAnalysis(project, 'a2')).toEqual([]);
  });

  it('B7: notes are research data only with the consent of each participant, given by nobody else', () => {
    const story = aProject();
    const id = recorded(story, 'official', minutes());
    agree(story, 'researcher', id, 1);
    const refused = cite(story, 'lead', id);
    expect(refused).toMatchObject({
      refusal: { rule: 'NO_CONSENT', missing: [{ waitingFor: people('official', 'researcher') }] },
    });
    const word = (by: Name, type: 'ConsentToResearchUse' | 'WithdrawResearchUse') =>
      ruleOf(story.tryProject(story.as(by), { type, evidence: id }));
    expect(word('lead', 'ConsentToResearchUse')).toBe('NOT_YOUR_WORDS');
    expect(word('official', 'ConsentToResearchUse')).toBe('ACCEPTED');
    expect(ruleOf(cite(story, 'lead', id))).toBe('NO_CONSENT');
    expect(word('researcher', 'ConsentToResearchUse')).toBe('ACCEPTED');
    expect(word('researcher', 'ConsentToResearchUse')).toBe('ALREADY_CONSENTED');
    expect(ruleOf(cite(story, 'lead', id))).toBe('ACCEPTED');
    expect(word('researcher', 'WithdrawResearchUse')).toBe('ACCEPTED');
    expect(word('researcher', 'WithdrawResearchUse')).toBe('NOTHING_TO_WITHDRAW');
    expect(researchUse(item(story, id))).toMatchObject({ allowed: false, waitingFor: people('researcher') });
  });

  it('B7: a withdrawal of consent works while the project is suspended, and out of sight', () => {
    const story = aProject();
    const participants = people('riskOwner');
    const id = recorded(story, 'holder', recording({ kind: 'CALL', participants }));
    story.onProject(story.as('riskOwner'), { type: 'ConsentToResearchUse', evidence: id });
    expect(audience(story, 'holder', id, 'AUTHOR')).toBe('ACCEPTED');
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'why' });
    const withdrawal = { type: 'WithdrawResearchUse', evidence: id } as const;
    expect(ruleOf(story.tryProject(story.as('riskOwner'), withdrawal))).toBe('ACCEPTED');
    expect(ruleOf(record(story, 'official', recording()))).toBe('PROJECT_SUSPENDED');
  });

  it('B7: people who cannot consent here keep an item from being research data; a document needs nobody’s', () => {
    const story = aProject();
    const mail = recorded(story, 'official', recording({ kind: 'EMAIL', others: 1 }));
    story.onProject(story.as('official'), { type: 'ConsentToResearchUse', evidence: mail });
    expect(ruleOf(cite(story, 'lead', mail))).toBe('NO_CONSENT');
    const report = recorded(story, 'official', recording({ kind: 'DOCUMENT' }));
    expect(ruleOf(cite(story, 'lead', report))).toBe('ACCEPTED');
    const call = recorded(story, 'official', recording({ kind: 'CALL', text: null }));
    expect(ruleOf(cite(story, 'lead', call))).toBe('NO_CONSENT');
  });
});

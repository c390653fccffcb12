// The dated profile and its narratives, told as stories.
import type { ProjectCommand, Refusal, Traits } from '../index';
import { holderShown, mayReadEntry } from '../index';
import type { Story } from '../../testing/story';
import { ADMINISTRATOR, atDataRequest, COUNCIL, DAY, personId } from '../../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);

const traits = (contested: 'NO' | 'YES'): Traits => ({
  contested: { degree: contested, because: 'b' },
  urgent: { degree: 'NO', because: 'b' },
  open: { degree: 'SOMEWHAT', because: 'b' },
  risky: { degree: 'YES', because: 'b' },
});
const tell = (over: Partial<Extract<ProjectCommand, { type: 'TellNarrative' }>> = {}): ProjectCommand => ({
  ...{ type: 'TellNarrative', heldAs: 'policyOfficial', isOwn: true, isNamed: false, text: 't' },
  ...over,
});
const told = (): Story => {
  const story = atDataRequest();
  return story.onProject(story.as('official'), tell());
};
const shownTo = (story: Story, viewer: string | null): string | null => {
  const narrative = story.project.narratives[0];
  if (!narrative) throw new Error('no narrative');
  return holderShown(story.programme, narrative, viewer, story.now);
};

describe('the profile of the issue', () => {
  it('B44: is dated: each says how the issue was seen then, and none replaces another', () => {
    const story = atDataRequest();
    story.onProject(story.as('lay'), { type: 'ProfileIssue', traits: traits('NO') });
    story.wait(30 * DAY).onProject(story.as('official'), { type: 'ProfileIssue', traits: traits('YES') });
    const seen = story.project.profiles.map((p) => [p.id, p.cycle, p.traits.contested.degree]);
    expect(seen).toEqual([
      ['ip1', 'c1', 'NO'],
      ['ip2', 'c1', 'YES'],
    ]);
    const [first, second] = story.project.profiles.map((p) => p.at);
    expect((first ?? '') < (second ?? '')).toBe(true);
  });
});

describe('narratives', () => {
  it('B44: compete side by side, held by role', () => {
    const story = told();
    story.onProject(story.as('researcher'), tell({ heldAs: 'researcher' }));
    story.onProject(story.as('lead'), tell({ heldAs: 'civilSociety', isOwn: false }));
    expect(story.project.narratives.map((n) => [n.heldAs, shownTo(story, personId('lead'))])).toEqual([
      ['policyOfficial', null],
      ['researcher', null],
      ['civilSociety', null],
    ]);
  });

  it('B44: name their holder only once the holder agrees, and no longer when they take it back', () => {
    const story = told();
    const naming = (isNamed: boolean) => ({ type: 'NameNarrative', narrative: 'nar1', isNamed }) as const;
    expect(ruleOf(story.tryProject(story.as('lead'), naming(true)))).toBe('NOT_YOURS');
    expect(shownTo(story, personId('lead'))).toBeNull();
    story.onProject(story.as('official'), naming(true));
    expect(shownTo(story, personId('lead'))).toBe(personId('official'));
    story.onProject(story.as('official'), naming(false));
    expect(shownTo(story, personId('lead'))).toBeNull();
  });

  it('B44: their holder and auditors know, the ledger’s readers do not', () => {
    const story = told();
    const auditor = { person: 'per_auditor', organisation: COUNCIL, roles: ['auditor' as const] };
    story.onProgramme(story.as('checker'), {
      ...{ type: 'AttestPerson', ...auditor, name: 'n', address: 'a' },
    });
    expect(shownTo(story, personId('official'))).toBe(personId('official'));
    expect(shownTo(story, 'per_auditor')).toBe(personId('official'));
    const reads = (viewer: string | null, type: 'NarrativeTold' | 'IssueProfiled' = 'NarrativeTold') =>
      mayReadEntry(story.world, { type, actor: story.as('official'), data: {} }, viewer, story.now);
    expect(reads(personId('official'))).toBe(true);
    expect(reads('per_auditor')).toBe(true);
    expect([reads(personId('lead')), reads(null)]).toEqual([false, false]);
    expect(reads(personId('lead'), 'IssueProfiled')).toBe(true);
  });

  it('B44: nobody is named as the holder of what somebody else tells', () => {
    const story = atDataRequest();
    const told = tell({ isOwn: false, isNamed: true });
    expect(ruleOf(story.tryProject(story.as('lead'), told))).toBe('NOT_YOURS');
    story.onProject(story.as('official'), tell({ isOwn: false }));
    const naming = { type: 'NameNarrative', narrative: 'nar1', isNamed: true } as const;
    expect(ruleOf(story.tryProject(story.as('official'), naming))).toBe('NOT_YOURS');
    expect(ruleOf(story.tryProject(story.as('official'), { ...naming, narrative: 'nar9' }))).toBe(
      'UNKNOWN_NARRATIVE',
    );
  });

  it('B44: a role one does not hold is not told as one’s own; strangers and operators tell nothing', () => {
    const story = atDataRequest();
    expect(ruleOf(story.tryProject(story.as('lay'), tell()))).toBe('WRONG_ROLE');
    expect(ruleOf(story.tryProject(ADMINISTRATOR, tell()))).toBe('NOT_A_PERSON');
  });
});

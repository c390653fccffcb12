// Publication as stories: partners comment and dissent, time opens nothing, and the register shows what is public.
import fc from 'fast-check';
import { analysed, anAgreement, atDataRequest, concluded, DAY, permitted } from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import { PUBLICATION_TRANSITIONS } from '../transitions';
import type { ProjectCommand } from '../index';
import { plus } from '../rules/time';
import { firstSignOff, publicationStatus, registerEntry } from './rules';
import { HOLIDAYS, workingDaysAfter } from '../calendar';

const outcome = (story: Story, name: Name, command: ProjectCommand): string => {
  const decided = story.tryProject(story.as(name), command);
  return decided.ok ? 'OK' : decided.refusal.rule;
};
const PROPOSE: ProjectCommand = { type: 'ProposePublication', insight: 'i1' };
const PUBLISH: ProjectCommand = { type: 'PublishFinding', publication: 'pb1' };
const WITHHOLD: ProjectCommand = { type: 'WithholdFinding', insight: 'i1', reason: 'r' };
const COMMENT: ProjectCommand = {
  ...{ type: 'CommentOnPublication', publication: 'pb1', about: 'CONFIDENTIALITY', text: 't' },
};
const DISSENT: ProjectCommand = { type: 'DissentFromPublication', publication: 'pb1', text: 'we differ' };
const answer = (comment: string): ProjectCommand => ({
  ...{ type: 'AnswerComment', publication: 'pb1', comment, text: 't' },
});
const status = (story: Story, id = 'pb1'): string => {
  const found = story.project.publications[id];
  return found ? publicationStatus(story.project, found, story.now) : 'NONE';
};
const entry = (story: Story) => registerEntry(story.world, story.now);

/** A finished cycle with an insight; its summary written and approved. */
const withInsight = (): Story => {
  const story = analysed(permitted()).sign('OUTPUT', 'checker');
  story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' });
  story.onProject(story.as('lead'), {
    ...{ type: 'RecordInsight', status: 'ACTIONABLE', text: 't', analyses: ['a1'] },
    authors: ['per_official', 'per_researcher'],
  });
  return story;
};
const summarised = (story: Story): Story => {
  const version = (story.project.insights[0]?.summaries.length ?? 0) + 1;
  story.onProject(story.as('researcher'), {
    type: 'WriteSummary',
    insight: 'i1',
    text: `s${version}`,
    words: 9,
  });
  return story.onProject(story.as('official'), { type: 'ApproveSummary', insight: 'i1', version });
};
/** `concluded` without closing the analysis stage a second time. */
const settled = (story: Story): Story =>
  concluded(story.onProject(story.as('lead'), { type: 'ReopenStage', stage: 'analysis', reason: 'r' }));
const proposed = (): Story => {
  const story = summarised(settled(withInsight()));
  return story.onProject(story.as('lead'), PROPOSE);
};

describe('publication', () => {
  it('B56: only a signed finding with an approved summary is put before the partners', () => {
    const story = withInsight();
    expect(outcome(story, 'lead', PROPOSE)).toBe('NOT_REFLECTED');
    settled(story);
    expect(outcome(story, 'lead', PROPOSE)).toBe('NO_SUMMARY');
    summarised(story);
    expect(outcome(story, 'researcher', PROPOSE)).toBe('WRONG_ROLE');
    expect(outcome(story, 'lead', { ...PROPOSE, insight: 'i9' })).toBe('UNKNOWN_INSIGHT');
    expect(outcome(story, 'lead', PROPOSE)).toBe('OK');
  });

  it('B56, I12: 20 working days to comment; their end publishes nothing, it lets a person’s command through', () => {
    const story = proposed();
    expect(outcome(story, 'lead', PUBLISH)).toBe('PUBLICATION_COMMENTING');
    story.wait(27 * DAY);
    expect(outcome(story, 'lead', PUBLISH)).toBe('PUBLICATION_COMMENTING');
    story.wait(2 * DAY);
    expect([status(story), entry(story)?.outputs]).toEqual(['READY', []]);
    expect(outcome(story, 'holder', COMMENT)).toBe('COMMENTS_CLOSED');
    expect(outcome(story, 'official', PUBLISH)).toBe('WRONG_ROLE');
    expect(outcome(story, 'lead', PUBLISH)).toBe('OK');
    expect(entry(story)?.outputs).toMatchObject([{ insight: 'i1', summary: 's1', isInDoubt: false }]);
    expect(outcome(story, 'lead', PUBLISH)).toBe('PUBLICATION_PUBLISHED');
    expect(outcome(story, 'lead', WITHHOLD)).toBe('PUBLICATION_PUBLISHED');
    expect(outcome(story, 'lead', PROPOSE)).toBe('ALREADY_PUBLISHED');
  });

  it('B56: comments are answered, by somebody else; a dissent stands beside what is published and stops nothing', () => {
    const story = proposed();
    story
      .onProject(story.as('holder'), COMMENT)
      .onProject(story.as('holder'), DISSENT)
      .wait(30 * DAY);
    expect(outcome(story, 'lead', PUBLISH)).toBe('PUBLICATION_ANSWERING');
    expect(outcome(story, 'holder', answer('pc1'))).toBe('WRONG_ROLE');
    expect(outcome(story, 'researcher', answer('pc9'))).toBe('NOTHING_TO_ANSWER');
    story.onProject(story.as('researcher'), answer('pc1')).onProject(story.as('lead'), PUBLISH);
    story.onProject(story.as('lay'), DISSENT);
    expect(entry(story)?.outputs[0]?.dissents.map((d) => d.organisation)).toEqual([
      'org_holder',
      'org_panel',
    ]);
  });

  it('B56: a summary rewritten after partners were asked needs a new period; a quarantined result bars publishing', () => {
    const story = summarised(proposed()).wait(30 * DAY);
    expect(outcome(story, 'lead', PUBLISH)).toBe('STALE_CONTENT');
    story.onProject(story.as('lead'), PROPOSE);
    expect([status(story), status(story, 'pb2')]).toEqual(['REPLACED', 'COMMENTING']);
    story
      .onProject(story.as('checker'), story.withdrawal('checker', story.checkpoint('OUTPUT', 'a1')))
      .wait(30 * DAY);
    expect(outcome(story, 'lead', { type: 'PublishFinding', publication: 'pb2' })).toBe('NOT_CHECKED');
  });

  it('T10: what was published cannot be recalled; the register says that its result is in doubt', () => {
    const story = proposed()
      .wait(30 * DAY)
      .onProject(proposed().as('lead'), PUBLISH);
    story.onProject(story.as('checker'), story.withdrawal('checker', story.checkpoint('OUTPUT', 'a1')));
    expect(entry(story)?.outputs).toMatchObject([{ isInDoubt: true }]);
  });

  it('B56: unpublished findings are listed with the reason', () => {
    const story = settled(withInsight());
    const why = () => entry(story)?.unpublished;
    expect(why()).toEqual([{ insight: 'i1', why: 'NOT_PROPOSED' }]);
    summarised(story).onProject(story.as('lead'), PROPOSE);
    expect(why()).toMatchObject([{ why: 'COMMENT_PERIOD' }]);
    story.onProject(story.as('lead'), WITHHOLD);
    expect(why()).toEqual([{ insight: 'i1', why: 'WITHHELD', reason: 'r' }]);
    expect([status(story), outcome(story, 'lead', PUBLISH)]).toEqual(['WITHHELD', 'PUBLICATION_WITHHELD']);
    story.onProject(story.as('lead'), PROPOSE);
    expect(why()).toMatchObject([{ why: 'COMMENT_PERIOD' }]);
  });

  it('B56: a register entry stands from the first sign-off, naming no person and nobody who was asked and refused', () => {
    const story = anAgreement();
    story.onProject(story.as('lead'), {
      type: 'StartProject',
      programme: story.programme.id,
      title: 'title',
    });
    expect([firstSignOff(story.world), entry(story)]).toEqual([null, null]);
    expect(entry(atDataRequest())).toMatchObject({ sources: [], outputs: [], partners: { length: 4 } });
    const late = proposed();
    late.onProject(late.as('lead'), { type: 'NameContact', contact: 'contact' });
    const shown = entry(late);
    expect(shown).toMatchObject({
      ...{ contact: 'contact', sources: [{ source: 'programme', holder: 'org_holder', tier: 'AGGREGATE' }] },
      ...{
        question: late.project.questions[0]?.content.core,
        legalBasis: late.project.boundaries[0]?.content.core,
      },
    });
    expect(JSON.stringify(shown)).not.toContain('per_');
  });

  it('B56: a closed project is still commented on and published; a suspended one is not, and loses no day', () => {
    const story = proposed();
    const until = story.project.publications['pb1']?.commentsUntil ?? '';
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' }).wait(60 * DAY);
    expect(outcome(story, 'holder', COMMENT)).toBe('PROJECT_SUSPENDED');
    story.onProject(story.as('lead'), { type: 'ResumeProject' });
    expect(status(story)).toBe('COMMENTING');
    story.onProject(story.as('lead'), { type: 'CloseProject', reason: 'r' });
    expect(outcome(story, 'holder', COMMENT)).toBe('OK');
    story
      .onProject(story.as('researcher'), answer('pc1'))
      .wait(Date.parse(until) - Date.parse(story.now) + 61 * DAY);
    expect(outcome(story, 'lead', PUBLISH)).toBe('OK');
  });

  it('B56: twenty working days are four weeks from a weekday, whatever the hour, and never end on a weekend or a bank holiday', () => {
    expect(workingDaysAfter('2026-01-05T23:59:59.999Z', 20)).toBe('2026-02-03T00:00:00.000Z');
    expect(workingDaysAfter('2026-01-03T09:00:00.000Z', 1)).toBe('2026-01-06T00:00:00.000Z');
    // Good Friday and Easter Monday of 2026 (3 and 6 April) are nobody's working days.
    expect(workingDaysAfter('2026-04-01T09:00:00.000Z', 3)).toBe('2026-04-09T00:00:00.000Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 60 }), (day, days) => {
        const from = plus('2026-01-01T12:00:00.000Z', day * DAY);
        const end = workingDaysAfter(from, days);
        const last = new Date(Date.parse(end) - 1);
        expect([0, 6]).not.toContain(last.getUTCDay());
        expect(HOLIDAYS).not.toContain(last.toISOString().slice(0, 10));
        expect(workingDaysAfter(from, days + 1) > end).toBe(true);
      }),
    );
  });

  it('no publication goes a way that its table does not name', () => {
    const step = fc.oneof(
      fc.constantFrom(PROPOSE, PUBLISH, WITHHOLD, COMMENT, answer('pc1'), answer('pc2')),
      fc.constantFrom('summary' as const, 3, 15, 40),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const story = proposed();
        for (const each of steps) {
          const before = new Map(
            Object.keys(story.project.publications).map((id) => [id, status(story, id)]),
          );
          if (each === 'summary') summarised(story);
          else if (typeof each === 'number') story.wait(each * DAY);
          else story.tryProject(story.as(each.type === 'CommentOnPublication' ? 'holder' : 'lead'), each);
          for (const [id, from] of before) {
            const to = status(story, id);
            const table: Record<string, object> = PUBLICATION_TRANSITIONS;
            if (from !== to) expect([from, to, to in (table[from] ?? {})]).toEqual([from, to, true]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

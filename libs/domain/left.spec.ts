// An institution takes the agreement back: whatever asks people, requests data or releases it is refused from then on.
import type { ProjectCommand } from './index';
import {
  aCycle,
  analysed,
  analysis,
  atDataRequest,
  boundary,
  deposited,
  GATE,
  grant,
  permitted,
  question,
  release,
  request,
  sealedRelease,
  secondWave,
  TRUSTED,
  WORKER,
} from '../testing/story';
import type { Story } from '../testing/story';

const interpreted = (): Story => {
  const story = analysed(permitted()).sign('OUTPUT', 'checker');
  story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' });
  for (const [name, as] of [['official', 'PRACTITIONER'] as const, ['researcher', 'RESEARCHER'] as const])
    story.onProject(story.as(name), { type: 'AddInterpretation', as, text: 't', misreading: 'm' });
  return story;
};
const reflected = (): Story => {
  const story = interpreted();
  story.onProject(story.as('lead'), { type: 'ProposeReflection', content: story.content() });
  return story.sign('REFLECTION', 'official', 'researcher');
};

const invited = (): Story => {
  const story = atDataRequest();
  story.onProject(story.as('lead'), request(story)).onProject(story.as('holder'), grant(story, 'r1'));
  return story.onProject(WORKER, { type: 'InviteDeposit', request: 'r1', publicKey: 'key' });
};

type Asking = [what: string, before: () => Story, command: (story: Story) => ProjectCommand];
const ASKING: Asking[] = [
  ['a cycle is started', aCycle, () => ({ type: 'StartCycle', descendsFrom: 'c1' })],
  ['a question is put', atDataRequest, (story) => question(story)],
  ['a boundary is put', atDataRequest, (story) => boundary(story)],
  ['data is requested', atDataRequest, (story) => request(story)],
  ['a release is proposed', () => deposited(atDataRequest()), (story) => release(story)],
  [
    'a wave is accounted for',
    secondWave,
    (story) => ({ type: 'ProposeBenefit', wave: 2, content: story.content() }),
  ],
  ['a reflection is put', interpreted, (story) => ({ type: 'ProposeReflection', content: story.content() })],
  [
    'what comes next is put',
    reflected,
    (story) => ({ type: 'ProposeRefinement', content: story.content(), next: 'CLOSE' }),
  ],
];
const leave = (story: Story): Story =>
  story.onProgramme(story.as('checker'), story.withdrawal('checker', 'k1'));
const outcome = (story: Story, command: ProjectCommand, who = story.as('lead')): string => {
  const decided = story.tryProject(who, command);
  return decided.ok ? 'taken' : decided.refusal.rule;
};

it.each(ASKING)(
  'B5: %s under an agreement, and not once an institution took it back',
  (_, before, command) => {
    const [under, without] = [before(), leave(before())];
    expect(outcome(under, command(under))).toBe('taken');
    const refused = command(without);
    const version = without.project.version;
    expect(outcome(without, refused)).toBe('NO_AGREEMENT');
    expect(without.project.version).toBe(version);
  },
);

it('B5: no file is taken, whoever was invited before', () => {
  const file = { digest: 'digest', bytes: 10, object: 'object' };
  const handOver = { type: 'ReceiveDeposit', deposit: 'd1', ...file } as const;
  const [under, without] = [invited(), leave(invited())];
  expect(outcome(under, handOver, under.as('holder'))).toBe('taken');
  expect(outcome(without, handOver, without.as('holder'))).toBe('NO_AGREEMENT');
});

it('B5, B23: nothing is opened or analysed either', () => {
  const sealed = leave(sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED));
  expect(outcome(sealed, { type: 'GivePermit', release: 'rel1' }, GATE)).toBe('GATE_CLOSED');
  const open = leave(permitted());
  expect(outcome(open, analysis(open), open.as('researcher'))).not.toBe('taken');
});

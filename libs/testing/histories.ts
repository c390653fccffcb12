// Generated histories: arbitrary people doing arbitrary things to a project that stands somewhere, for model tests of both gates.
import fc from 'fast-check';
import type { CheckpointKind, Decided, DomainEvent, LegalCheckOutcome, WithdrawalMode } from '#libs/domain';
import { plus } from '#libs/domain';
import { check, sealedPublished } from './published-story';
import type { Name } from './story';
import {
  noteOfCall,
  analysis,
  atDataRequest,
  boundary,
  CAST,
  DAY,
  deposited,
  GATE,
  HOUR,
  permitted,
  personId,
  question,
  release,
  sealedRelease,
  sealing,
  secondWave,
  Story,
  TRUSTED,
  WORKER,
} from './story';

const NAMES = Object.keys(CAST) as Name[];
const KINDS: CheckpointKind[] = ['AGREEMENT', 'QUESTION', 'LEGAL', 'ETHICAL', 'TRUST', 'BENEFIT', 'OUTPUT'];
const MODES: WithdrawalMode[] = ['STOP', 'STOP_AND_DESTROY', 'UNLAWFUL'];

/** People who have a colleague of the same role, who comes when they first delegate. */
export type Delegator = keyof typeof REGISTRAR_OF;
const REGISTRAR_OF = { official: 'checker', researcher: 'lead', holder: 'holder' } as const;

export type Step =
  | { do: 'sign' | 'reject' | 'withdraw'; name: Name; kind: CheckpointKind }
  | {
      do: 'record' | 'recordWithdrawal' | 'countersign';
      name: Name;
      kind: CheckpointKind;
      by: Name | 'colleague';
    }
  | { do: 'withdrawGrant'; mode: WithdrawalMode; heard?: true }
  | { do: 'wait'; ms: number }
  | { do: 'keepTime'; kind: CheckpointKind }
  | { do: 'permit' | 'read' | 'run' | 'suspend' | 'resume' | 'amendBoundary' | 'amendQuestion' | 'reseal' }
  | { do: 'object' | 'anew' }
  | { do: 'widenQuestion' | 'revoke' | 'shock' | 'calm' }
  | { do: 'delegate' | 'signFor' | 'takeBack'; name: Delegator; kind: CheckpointKind }
  | { do: 'leave'; name: Name }
  | { do: 'train'; days: number }
  | { do: 'rejoin' }
  | { do: 'check'; outcome: LegalCheckOutcome };

const named = fc.constantFrom(...NAMES);
const kind = fc.constantFrom(...KINDS);
/** Who writes something down or confirms it: mostly somebody who may. */
const hearer = fc.constantFrom<Name | 'colleague'>('colleague', 'colleague', 'lead', 'lead', ...NAMES);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('sign' as const), name: named, kind }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reject' as const), name: named, kind }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('withdraw' as const), name: named, kind }) },
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ do: fc.constantFrom('record' as const, 'countersign' as const), name: named, kind, by: hearer },
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('recordWithdrawal' as const), name: named, kind, by: hearer }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        do: fc.constant('withdrawGrant' as const),
        mode: fc.constantFrom(...MODES),
        heard: fc.constant(true as const),
      },
      { requiredKeys: ['do', 'mode'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(HOUR, 6 * DAY, 15 * DAY, 250 * DAY),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('keepTime' as const), kind }) },
  { weight: 6, arbitrary: fc.constantFrom<Step>({ do: 'permit' }, { do: 'read' }, { do: 'run' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>(
      { do: 'suspend' },
      { do: 'resume' },
      { do: 'amendBoundary' },
      { do: 'amendQuestion' },
      { do: 'reseal' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>(
      { do: 'widenQuestion' },
      { do: 'revoke' },
      { do: 'shock' },
      { do: 'calm' },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'object' }, { do: 'anew' }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), name: named }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'delegate' as const,
        'delegate' as const,
        'signFor' as const,
        'signFor' as const,
        'takeBack' as const,
      ),
      name: fc.constantFrom(...(Object.keys(REGISTRAR_OF) as Delegator[])),
      kind,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('train' as const), days: fc.constantFrom(5, 300) }),
      fc.constant<Step>({ do: 'rejoin' }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('check' as const),
      outcome: fc.constantFrom<LegalCheckOutcome>('PERMITTED', 'PERMITTED', 'NOT_PERMITTED'),
    }),
  },
);

/** TRUST wants four people, and the council has two policy officials. */
function askingForMore(): Story {
  const story = atDataRequest({ quorums: [{ kind: 'TRUST', people: 4, organisations: 3, blind: true }] });
  const colleague = { person: `${personId('official')}2`, name: 'n', address: 'a' };
  const command = { organisation: CAST.official.organisation, roles: [...CAST.official.roles] };
  return story.onProgramme(story.as('checker'), { type: 'AttestPerson', ...colleague, ...command });
}

/** Where a generated history begins. */
export const BEGINNINGS: Record<string, () => Story> = {
  'asked for trust': () => sealedRelease(deposited(atDataRequest())),
  'asked for more than the table': () => sealedRelease(deposited(askingForMore())),
  trusted: () => sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED),
  permitted,
  published: () => sealedPublished(),
  'second wave': () => {
    const story = secondWave();
    story.onProject(story.as('lead'), { type: 'ProposeBenefit', wave: 2, content: story.content() });
    return sealedRelease(story, ['rel1'], 'DEIDENTIFIED');
  },
};

/** A beginning and what follows. */
export const aHistory = fc.record({
  beginning: fc.constantFrom(...Object.keys(BEGINNINGS)),
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
});

export const begin = (beginning: string): Story => BEGINNINGS[beginning]?.() ?? permitted();

const NOTHING: Decided<DomainEvent> = { ok: true, events: [] };

const checkpointOf = (story: Story, kind: CheckpointKind): string | null =>
  kind === 'AGREEMENT'
    ? 'k1'
    : (Object.values(story.project.checkpoints).findLast((c) => c.kind === kind)?.id ?? null);

const latestRelease = (story: Story): string => Object.keys(story.project.releases).at(-1) ?? 'rel1';
const latestRun = (story: Story): string => Object.keys(story.project.analyses).at(-1) ?? 'a1';

function answering(
  story: Story,
  { do: what, name, kind }: Extract<Step, { kind: CheckpointKind; name: Name }>,
) {
  const checkpoint = checkpointOf(story, kind);
  if (checkpoint === null) return NOTHING;
  const isProgramme = kind === 'AGREEMENT';
  const aside = isProgramme ? new Story() : null;
  // Programme and project checkpoints may bear the same number; look the round up where it belongs.
  const source =
    isProgramme && aside ? Object.assign(aside, { programme: story.programme, now: story.now }) : story;
  const actor = story.as(name);
  if (what === 'withdraw') {
    const command = {
      ...source.withdrawal(name, checkpoint),
      assurance: kind === 'OUTPUT' ? ('ACCOUNT' as const) : ('LINK' as const),
    };
    return isProgramme ? story.tryProgramme(actor, command) : story.tryProject(actor, command);
  }
  const command = source.answer(name, checkpoint, what === 'sign' ? 'APPROVED' : 'REJECTED');
  return isProgramme ? story.tryProgramme(actor, command) : story.tryProject(actor, command);
}

/** T15: `by` writes down what `name` said, or confirms it; the note of the call is registered where there is none yet. */
function hearing(story: Story, step: Extract<Step, { by: Name | 'colleague' }>) {
  const checkpoint = checkpointOf(story, step.kind);
  if (checkpoint === null || step.kind === 'AGREEMENT') return NOTHING;
  const colleague = NAMES.find(
    (name) => name !== step.name && CAST[name].organisation === CAST[step.name].organisation,
  );
  const by = step.by === 'colleague' ? (colleague ?? 'lead') : step.by;
  const [actor, evidence] = [story.as(by), noteOfCall(story)];
  const heard = { how: 'TELEPHONE', evidence, person: personId(step.name) } as const;
  if (step.do === 'countersign') {
    const { round } = story.round(checkpoint);
    const { person } = heard;
    return story.tryProject(actor, {
      ...{ type: 'CountersignDecision', checkpoint, round, person, assurance: 'ACCOUNT', signedAs: by },
    });
  }
  if (step.do === 'recordWithdrawal') {
    const { assurance: _link, disowned: _never, ...withdrawal } = story.withdrawal(step.name, checkpoint);
    return story.tryProject(actor, { ...withdrawal, ...heard, type: 'RecordWithdrawalOf' });
  }
  const { assurance: _link, page: _none, ...answer } = story.answer(step.name, checkpoint, 'APPROVED');
  return story.tryProject(actor, { ...answer, ...heard, type: 'RecordAnswerOf' });
}

/** Hands a sign-off to the colleague, signs as they would, or takes it back. */
function delegating(
  story: Story,
  {
    do: what,
    name,
    kind,
  }: Extract<Step, { kind: CheckpointKind; name: Delegator; do: 'delegate' | 'signFor' | 'takeBack' }>,
): Decided<DomainEvent> {
  const checkpoint = checkpointOf(story, kind);
  if (checkpoint === null || kind === 'AGREEMENT') return NOTHING;
  const to = `${personId(name)}2`;
  if (what === 'signFor') return story.tryProject({ person: to }, story.answer(name, checkpoint));
  const { round, needsCode } = story.round(checkpoint);
  const said = { checkpoint, round, signedAs: 's' };
  if (what === 'takeBack')
    return story.tryProject(story.as(name), { type: 'TakeBackDelegation', ...said, assurance: 'LINK' });
  if (story.programme.people[to] === undefined) {
    const { organisation, roles } = CAST[name];
    const fitting = roles.filter((role) => role !== 'registrar' && role !== 'signatory');
    const command = { person: to, organisation, roles: fitting, name: 'n', address: `a-${to}` };
    story.tryProgramme(story.as(REGISTRAR_OF[name]), { type: 'AttestPerson', ...command });
  }
  const assurance = needsCode ? 'LINK_CODE' : 'LINK';
  const until = plus(story.now, 5 * DAY);
  return story.tryProject(story.as(name), { type: 'DelegateSigning', ...said, to, until, assurance });
}

/** Does one step; a refusal is a normal answer. */
export function play(story: Story, step: Step): Decided<DomainEvent> {
  const lead = story.as('lead');
  switch (step.do) {
    case 'sign':
    case 'reject':
    case 'withdraw':
      return answering(story, step);
    case 'record':
    case 'recordWithdrawal':
    case 'countersign':
      return hearing(story, step);
    case 'delegate':
    case 'signFor':
    case 'takeBack':
      return delegating(story, step);
    case 'withdrawGrant': {
      const request = Object.keys(story.project.requests).at(-1) ?? 'r1';
      if (step.heard) {
        const heard = { person: personId('holder'), how: 'PAPER', evidence: noteOfCall(story) } as const;
        const taken = { request, mode: step.mode, atOnce: false, reason: null };
        return story.tryProject(lead, { type: 'RecordGrantWithdrawalOf', ...taken, ...heard });
      }
      return story.tryProject(story.as('holder'), {
        type: 'WithdrawGrant',
        request,
        mode: step.mode,
        atOnce: false,
        assurance: 'ACCOUNT',
        reason: null,
      });
    }
    case 'wait':
      story.wait(step.ms);
      return NOTHING;
    case 'keepTime': {
      const checkpoint = checkpointOf(story, step.kind);
      if (checkpoint === null || step.kind === 'AGREEMENT') return NOTHING;
      return story.tryProject(WORKER, {
        type: 'KeepTime',
        checkpoint,
        round: story.project.checkpoints[checkpoint]?.rounds.length ?? 1,
      });
    }
    case 'permit':
      return story.tryProject(GATE, { type: 'GivePermit', release: latestRelease(story) });
    case 'run':
      return story.tryProject(story.as('researcher'), analysis(story));
    case 'read':
      return story.tryProject(GATE, { type: 'OpenRead', analysis: latestRun(story) });
    case 'suspend':
      return story.tryProject(lead, { type: 'SuspendProject', reason: 'r' });
    case 'resume':
      return story.tryProject(lead, { type: 'ResumeProject' });
    case 'amendBoundary':
      return story.tryProject(lead, boundary(story));
    case 'amendQuestion':
      return story.tryProject(lead, question(story));
    case 'widenQuestion':
      return story.tryProject(lead, question(story, { sufficient: false, change: { kind: 'WIDENS' } }));
    case 'revoke':
      return story.tryProject(story.as('official'), {
        type: 'RevokeSufficiency',
        because: 'b',
        cites: [],
      });
    case 'shock':
      return story.tryProject(lead, {
        ...{ type: 'SetTempo', tempo: 'SHOCK', cause: 'PUBLIC_OUTCRY', reason: 'r' },
      });
    case 'calm':
      return story.tryProject(lead, { type: 'SetTempo', tempo: 'ROUTINE', cause: null, reason: 'r' });
    case 'reseal':
      return story.tryProject(WORKER, sealing(story, { release: latestRelease(story) }));
    case 'object':
      return story.tryProject(story.as('holder'), {
        ...({ type: 'RecordObjection', deposit: 'd1', people: 1, who: 'w', assurance: 'ACCOUNT' } as const),
      });
    case 'anew': {
      const proposed = story.tryProject(lead, release(story));
      return proposed.ok ? story.tryProject(WORKER, sealing(story)) : proposed;
    }
    case 'check':
      return story.tryProject(story.as('riskOwner'), check(story, step.outcome));
    case 'train':
      return story.tryProgramme(lead, {
        type: 'RecordTraining',
        person: personId('researcher'),
        course: 'course',
        completed: story.now,
        expires: plus(story.now, step.days * DAY),
      });
    case 'rejoin': {
      const person = personId('researcher');
      story.tryProgramme(lead, { type: 'RecordLeaver', person });
      const roles = [...CAST.researcher.roles];
      const { organisation } = CAST.researcher;
      return story.tryProgramme(lead, {
        type: 'AttestPerson',
        person,
        organisation,
        roles,
        name: 'n',
        address: 'a',
      });
    }
    case 'leave': {
      const registrar = {
        org_university: 'lead',
        org_council: 'checker',
        org_holder: 'holder',
        org_panel: 'lay',
      } as const;
      const by = registrar[CAST[step.name].organisation];
      return story.tryProgramme(story.as(by), { type: 'RecordLeaver', person: personId(step.name) });
    }
  }
}

// Who is told of a withdrawal: each row of the withdrawal table, by whom it is taken back and what that closes.
import type { Actor, PersonId, WithdrawalMode, World } from './index';
import { effects, resultStatus } from './index';
import {
  anImport,
  check,
  publishedRelease,
  receivePublished,
  registered,
  sealedPublished,
} from '../testing/published-story';
import type { AnyName, Name, Story } from '../testing/story';
import {
  anAgreement,
  agreement,
  analysed,
  aRoster,
  atDataRequest,
  CAST,
  deposited,
  GATE,
  legalFile,
  permitted,
  personId,
  SECOND_HOLDER,
  sealedRelease,
  secondWave,
  TRUSTED,
  WORKER,
} from '../testing/story';

const EVERYBODY = Object.keys(CAST) as Name[];
const people = (...names: AnyName[]): PersonId[] => names.map(personId).sort();

/** Whom the notices of what was recorded meanwhile go to, each once. */
function toldOf(story: Story, withdraw: (story: Story) => unknown): PersonId[] {
  const [before, from] = [story.world, story.log.length];
  withdraw(story);
  return story.log
    .slice(from)
    .flatMap(({ stream, event }) => effects(sideOf(before, stream), sideOf(story.world, stream), [event]))
    .filter(({ purpose }) => purpose === 'WITHDRAWAL_NOTICE')
    .map(({ person }) => person)
    .sort();
}
const sideOf = (world: World, stream: string) => (stream === world.programme.id ? world.programme : world);

const takesBack = (name: Name, kind: string) => (story: Story) =>
  story.onProject(story.as(name), {
    ...story.withdrawal(name, story.checkpoint(kind)),
    assurance: kind === 'OUTPUT' ? 'ACCOUNT' : 'LINK',
  });
const takesGrantBack =
  (mode: WithdrawalMode, name: Name = 'holder', id = 'r1') =>
  (story: Story) =>
    story.onProject(story.as(name), {
      ...{ type: 'WithdrawGrant', request: id, mode, atOnce: false, assurance: 'ACCOUNT', reason: null },
    });
const leavesAgreement = (name: Name, mode: WithdrawalMode) => (story: Story) =>
  story.onProgramme(story.as(name), story.withdrawal(name, 'k1', mode));
const leaves = (name: Name) => (story: Story) =>
  story.onProgramme(story.as('checker'), { type: 'RecordLeaver', person: personId(name) });

const checked = (): Story => analysed(permitted()).sign('OUTPUT', 'checker');

/** In the second wave, with everything signed and the permit given. */
function twoWaves(): Story {
  const story = secondWave();
  story.onProject(story.as('lead'), { type: 'ProposeBenefit', wave: 2, content: story.content() });
  sealedRelease(story, ['rel1'], 'DEIDENTIFIED').sign('TRUST', ...TRUSTED);
  story.sign('BENEFIT', 'researcher', 'official', 'riskOwner');
  return story.onProject(GATE, { type: 'GivePermit', release: 'rel2' });
}

describe('T10: of a withdrawal are told', () => {
  it.each<[string, () => Story, (story: Story) => unknown, Name[]]>([
    [
      'B46: of an answer in an open round, who gave it, who asked and the lead',
      () => sealedRelease(deposited(atDataRequest())).sign('TRUST', 'official'),
      takesBack('official', 'TRUST'),
      ['official', 'lead'],
    ],
    [
      'B25: of TRUST, besides, the readers and the holder of that release',
      permitted,
      takesBack('official', 'TRUST'),
      ['official', 'lead', 'researcher', 'holder', 'riskOwner'],
    ],
    [
      'B23: of BENEFIT, those of every release of its wave',
      twoWaves,
      takesBack('official', 'BENEFIT'),
      ['official', 'lead', 'researcher', 'holder', 'riskOwner'],
    ],
    [
      'B10: of a settled question, who gave it, who asked and the lead: it closes nothing',
      permitted,
      takesBack('official', 'QUESTION'),
      ['official', 'lead'],
    ],
    [
      'B41, B57: of LEGAL, the readers and holders of every release inside the boundary',
      permitted,
      takesBack('riskOwner', 'LEGAL'),
      ['riskOwner', 'lead', 'researcher', 'holder'],
    ],
    [
      'B41, B57: of ETHICAL, likewise',
      permitted,
      takesBack('lay', 'ETHICAL'),
      ['lay', 'lead', 'researcher', 'holder', 'riskOwner'],
    ],
    [
      'B34: of a grant nothing rests on yet, its holder and the lead',
      () => deposited(atDataRequest()),
      takesGrantBack('STOP'),
      ['lead', 'holder', 'riskOwner'],
    ],
    [
      'B27: of a grant, the readers of every release resting on its deposit',
      checked,
      takesGrantBack('STOP'),
      ['lead', 'researcher', 'holder', 'riskOwner'],
    ],
    [
      'B27: of a grant whose data is destroyed too, likewise',
      checked,
      takesGrantBack('STOP_AND_DESTROY', 'riskOwner'),
      ['lead', 'researcher', 'holder', 'riskOwner'],
    ],
    [
      'B27: of a grant as unlawful, everybody who was shown a checked result',
      checked,
      takesGrantBack('UNLAWFUL'),
      EVERYBODY,
    ],
    [
      'B27: of a grant as unlawful before any result was shown, whoever had the release',
      () => analysed(permitted()),
      takesGrantBack('UNLAWFUL'),
      ['lead', 'researcher', 'holder', 'riskOwner'],
    ],
    ['of a checked result, everybody it was shown to', checked, takesBack('checker', 'OUTPUT'), EVERYBODY],
    ['B5, B55: of the agreement, the whole roster', permitted, leavesAgreement('checker', 'STOP'), EVERYBODY],
    [
      'people who object: the readers and the holder of what was made with them',
      permitted,
      (story) =>
        story.onProject(story.as('holder'), {
          ...{ type: 'RecordObjection', deposit: 'd1', people: 1, who: 'who', assurance: 'ACCOUNT' },
        }),
      ['lead', 'researcher', 'holder', 'riskOwner'],
    ],
    [
      'B23, B52: of a licence that ended, the readers, the importer and who checks for them',
      () => {
        const story = sealedPublished();
        return story.onProject(story.as('riskOwner'), check(story));
      },
      (story) => story.onProject(story.as('riskOwner'), check(story, 'NOT_PERMITTED')),
      ['lead', 'researcher', 'holder', 'riskOwner'],
    ],
  ])('%s', (_row, begin, withdraw, names) => {
    expect(toldOf(begin(), withdraw)).toEqual(people(...names));
  });

  it('B5: nobody but who signed and who asked, while no agreement stood by that signature', () => {
    const story = aRoster();
    story.onProgramme(story.as('lead'), agreement(story));
    story.onProgramme(story.as('checker'), story.answer('checker', 'k1'));
    expect(toldOf(story, leavesAgreement('checker', 'UNLAWFUL'))).toEqual(people('checker', 'lead'));
  });

  it('B5: as unlawful, also who has left since; otherwise only who is there', () => {
    const left = (mode: WithdrawalMode): PersonId[] => {
      const story = anAgreement();
      leaves('official')(story);
      return toldOf(story, leavesAgreement('riskOwner', mode));
    };
    expect(left('STOP')).not.toContain(personId('official'));
    expect(left('UNLAWFUL')).toEqual(people(...EVERYBODY));
  });

  it('who left after a result was shown to them, and not who left before', () => {
    const after = checked();
    leaves('official')(after);
    expect(toldOf(after, takesGrantBack('UNLAWFUL'))).toContain(personId('official'));
    const before = analysed(permitted());
    leaves('official')(before);
    before.sign('OUTPUT', 'checker');
    expect(toldOf(before, takesGrantBack('UNLAWFUL'))).not.toContain(personId('official'));
  });

  it('B23: an import that may not be used closes the release linked with it, whose other holder hears of it, and the reverse', () => {
    const withheld = linked();
    const by = { person: personId('guardian') };
    const all = people('lead', 'researcher', 'holder', 'riskOwner', 'steward', 'guardian');
    expect(toldOf(withheld, (story) => story.onProject(by, check(story, 'NOT_PERMITTED')))).toEqual(all);
    expect(toldOf(linked(), takesGrantBack('STOP'))).toEqual(all);
  });

  it('T15: and nobody without an address', () => {
    const story = permitted();
    story.programme = {
      ...story.programme,
      people: {
        ...story.programme.people,
        per_researcher: { ...story.programme.people['per_researcher']!, address: null },
      },
    };
    expect(toldOf(story, takesGrantBack('STOP'))).toEqual(people('lead', 'holder', 'riskOwner'));
  });

  it('a second withdrawal that is stricter: everybody whose result it takes back', () => {
    const story = checked();
    takesBack('official', 'TRUST')(story);
    const [run] = Object.values(story.project.analyses);
    expect(run && resultStatus(story.world, run, story.now)).toBe('FLAGGED');
    expect(toldOf(story, takesGrantBack('UNLAWFUL'))).toEqual(people(...EVERYBODY));
  });
});

/** The holder's data beside what the council's steward imports and its guardian checks, in one release. */
function linked(): Story {
  const story = atDataRequest();
  for (const [name, { organisation, roles }] of Object.entries(SECOND_HOLDER))
    story.onProgramme(story.as('checker'), {
      ...{ type: 'AttestPerson', person: personId(name as AnyName), organisation, roles: [...roles] },
      ...{ name, address: name },
    });
  linkageSigned(story);
  deposited(story, [], 'DEIDENTIFIED');
  importedBy(registered(story), { person: personId('steward') });
  story.onProject(
    story.as('lead'),
    publishedRelease(story, { requests: ['r1'], tier: 'LINKED_DEIDENTIFIED' }),
  );
  return story;
}

/** The boundary amended so that it allows linkage, and signed afresh. */
function linkageSigned(story: Story): void {
  const { scope: drawn } = story.project.boundaries[0]!;
  const scope = { ...drawn, linkage: true, tier: 'LINKED_DEIDENTIFIED' as const };
  const content = story.content();
  story.onProject(story.as('lead'), {
    ...{ type: 'ProposeBoundary', content, scope, legalFile: legalFile(story, scope) },
  });
  story.sign('LEGAL', 'riskOwner').sign('ETHICAL', 'checker', 'lay', 'holder');
}

function importedBy(story: Story, importer: Actor): void {
  story.onProject(importer, anImport(story));
  story.onProject(WORKER, { type: 'InviteDeposit', request: 'imp1', publicKey: 'key' });
  story.onProject(importer, receivePublished(story));
  story.onProject(WORKER, { type: 'OpenDeposit', deposit: 'd2', purpose: 'check' });
  story.onProject(WORKER, { type: 'AcceptDeposit', deposit: 'd2', rows: 12, report: 'report' });
}

it('T10: whoever takes a grant back by link gets the receipt and no notice of the same; by account the notice, and colleagues always', () => {
  const mailsAfter = (assurance: 'LINK' | 'ACCOUNT') => {
    const story = deposited(atDataRequest());
    const before = story.world;
    story.onProject(story.as('holder'), {
      ...{ type: 'WithdrawGrant', request: 'r1', mode: 'STOP', atOnce: false, assurance, reason: null },
    });
    return effects(before, story.world, [story.log.at(-1)!.event]);
  };
  const purposesTo = (name: Name, assurance: 'LINK' | 'ACCOUNT') =>
    mailsAfter(assurance)
      .filter(({ person }) => person === personId(name))
      .map(({ purpose }) => purpose);
  expect(purposesTo('holder', 'LINK')).toEqual(['ANSWER_RECEIPT']);
  expect(purposesTo('holder', 'ACCOUNT')).toEqual(['WITHDRAWAL_NOTICE']);
  for (const assurance of ['LINK', 'ACCOUNT'] as const)
    for (const name of ['lead', 'riskOwner'] as const)
      expect(purposesTo(name, assurance)).toEqual(['WITHDRAWAL_NOTICE']);
});

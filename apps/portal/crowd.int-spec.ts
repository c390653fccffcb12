// Two hundred signers at once on different checkpoints of one project: every one of them is recorded, once.
import type { CheckpointKind, Role } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { Name } from '../../libs/testing/story';
import { COUNCIL, HOLDER, PANEL } from '../../libs/testing/story';
import { approve, closePortal, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { Visitor } from './testing/visitor';

jest.setTimeout(180_000);

interface Group {
  kind: CheckpointKind;
  role: Role;
  organisation: string;
  registrar: Name;
  people: string[];
}
const group = (
  kind: CheckpointKind,
  role: Role,
  organisation: string,
  registrar: Name,
  size: number,
): Group => ({
  ...{ kind, role, organisation, registrar },
  people: Array.from({ length: size }, (_, n) => `per_${role}${n}`),
});
const CROWD = [
  group('QUESTION', 'policyOfficial', COUNCIL, 'checker', 68),
  group('ETHICAL', 'layMember', PANEL, 'lay', 66),
  group('LEGAL', 'informationRiskOwner', HOLDER, 'holder', 66),
];
let opened: Opened;

beforeAll(async () => {
  opened = await openPortal();
  for (const { people, registrar, organisation, role } of CROWD)
    for (const person of people) await attest(person, registrar, organisation, role);
});

afterAll(() => closePortal(opened));

async function attest(person: string, by: Name, organisation: string, role: Role): Promise<void> {
  const [name, address] = [commitText(person), commitText(`${person}@example.org`)];
  const command = { person, organisation, roles: [role], name: name.commitment, address: address.commitment };
  await opened.start.byAccount(by, opened.start.programme, {
    command: { type: 'AttestPerson', ...command },
    texts: [name, address],
  });
}

it('I4: two hundred answers at once, on three checkpoints with and without a code, are all recorded', async () => {
  const setting = await opened.start.withAnotherProject().withProject();
  const { links } = setting.processes.courier;
  const answer = async (person: string, kind: CheckpointKind): Promise<number> => {
    const { stream, checkpoint, round } = await setting.asked(kind);
    const about = { stream, checkpoint, round: round.round };
    const { token } = await links.mint({ ...about, core: round.content.core, person, purpose: 'SIGN' });
    const visitor = new Visitor(opened.portal.url);
    const page = await visitor.arrive(token);
    const first = await visitor.post(page.address, { ...form(page), ...approve });
    if (!round.needsCode) return first.status;
    const code = await links.mintCode(stream, person, checkpoint, round.round);
    return (await visitor.post(page.address, { ...form(first), code })).status;
  };
  const statuses = await Promise.all(
    CROWD.flatMap(({ people, kind }) => people.map((person) => answer(person, kind))),
  );
  expect(statuses).toEqual(Array.from({ length: 200 }, () => 303));
  const needed = new Set<boolean>();
  for (const { kind, people } of CROWD) {
    const { round } = await setting.asked(kind);
    needed.add(round.needsCode);
    expect(round.decisions.map(({ person }) => person).sort()).toEqual([...people].sort());
  }
  expect(needed).toEqual(new Set([false, true]));
});

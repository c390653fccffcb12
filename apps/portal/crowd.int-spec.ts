// Two hundred signers at once on different checkpoints of one project: every one of them is recorded, once.
import type { CheckpointKind, Role } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { Name } from '../../libs/testing/story';
import { COUNCIL, PANEL } from '../../libs/testing/story';
import { approve, closePortal, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { Visitor } from './testing/visitor';

jest.setTimeout(180_000);

const EACH = 100;
let opened: Opened;

beforeAll(async () => {
  opened = await openPortal();
  for (let n = 0; n < EACH; n += 1) {
    await attest(`per_official${n}`, 'checker', COUNCIL, 'policyOfficial');
    await attest(`per_lay${n}`, 'lay', PANEL, 'layMember');
  }
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

it('I4: two hundred answers at once, on two checkpoints with and without a code, are all recorded', async () => {
  const setting = await opened.start.withAnotherProject().withProject();
  const { links } = setting.processes.courier;
  const arrive = async (person: string, kind: CheckpointKind) => {
    const { stream, checkpoint, round } = await setting.asked(kind);
    const about = { stream, checkpoint, round: round.round };
    const { token } = await links.mint({ ...about, core: round.content.core, person, purpose: 'SIGN' });
    const visitor = new Visitor(opened.portal.url);
    return { visitor, about, page: await visitor.arrive(token) };
  };
  const officials = Array.from({ length: EACH }, async (_, n) => {
    const { visitor, page } = await arrive(`per_official${n}`, 'QUESTION');
    return visitor.post(page.address, { ...form(page), ...approve });
  });
  const laymen = Array.from({ length: EACH }, async (_, n) => {
    const { visitor, page, about } = await arrive(`per_lay${n}`, 'ETHICAL');
    const asked = await visitor.post(page.address, { ...form(page), ...approve });
    const code = await links.mintCode(about.stream, `per_lay${n}`, about.checkpoint, about.round);
    return visitor.post(page.address, { ...form(asked), code });
  });
  const answers = await Promise.all([...officials, ...laymen]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  for (const kind of ['QUESTION', 'ETHICAL'] as const) {
    const { round } = await setting.asked(kind);
    expect(new Set(round.decisions.map(({ person }) => person)).size).toBe(EACH);
    expect(round.decisions).toHaveLength(EACH);
  }
});

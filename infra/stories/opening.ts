// How every story opens: people and their tokens, the agreement under the template's rules, the project from the template, the boundary.
import type { Api, Done } from '../demo/api';
import type { SettingName } from '../settings/generating';
import type { Story } from './telling';

interface Shown {
  readonly title: string;
  readonly purpose: string;
  readonly organisations: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly roles: readonly string[];
        readonly commissionedBy: readonly string[];
      }
    >
  >;
  readonly signOff: object;
}

export interface Limits {
  readonly purposes: readonly string[];
  readonly sources: readonly {
    readonly source: string;
    readonly holder: string;
    readonly fields: readonly string[];
  }[];
  readonly methods: readonly string[];
  readonly tier: string;
  readonly linkage?: boolean;
  readonly exposed: readonly string[];
  readonly legal: readonly string[];
  readonly ethical: readonly string[];
  readonly special: string;
}

export interface Opening {
  readonly setting: SettingName;
  readonly coreTeam: readonly string[];
  readonly signatories: readonly string[];
  readonly reader: string;
}

export async function opening(
  story: Story,
  { setting, coreTeam, signatories, reader }: Opening,
): Promise<void> {
  const template = await story.administrator.get<Shown>(`/templates/${setting}`);
  introduced(story, template);
  story.report.chapter('Under which rules');
  await people(story, setting, template);
  await agreement(story, template, signatories);
  await team(story, coreTeam, reader);
  await story.step(
    'project',
    `${story.called('lead')}, starts the project from the template "${setting}" with one call`,
    'Its sources are in the register from the first day: who holds them, for what, and who is not in them.',
    async () => {
      const organisations = Object.fromEntries(
        Object.keys(template.organisations).map((part) => [part, story.organisation(part)]),
      );
      const body = { programme: story.programme, template: setting, organisations };
      const { id } = await story.as('lead').post<Done>('/projects/from-template', body);
      story.memory.keep('project', id);
      await story.as('lead').post(story.at('/ethics'), {
        ...{ body: 'The university’s research ethics committee', reference: `REC ${setting}` },
        expires: story.memory.inDays(500),
      });
    },
  );
}

function introduced({ report, cast, memory }: Story, { title, purpose }: Shown): void {
  const people = memory.recall<number>('people')?.toLocaleString('en');
  report.chapter(title);
  report.note(`${purpose} The people who take part and the ${people} in the data are invented.`);
  report.table(
    ['who', 'as', 'of'],
    Object.values(cast.people).map((each) => [
      ...[each?.name ?? '', each?.part ?? '', cast.organisations[each?.organisation ?? ''] ?? ''],
    ]),
  );
}

async function people(story: Story, setting: string, template: Shown): Promise<void> {
  const { administrator, memory, cast } = story;
  const everybody = Object.keys(cast.people);
  const isFirst = (name: string) =>
    ['registrar', 'signatory'].some((role) => cast.people[name]?.roles.includes(role));
  const [first, others] = [everybody.filter(isFirst), everybody.filter((name) => !isFirst(name))];
  await story.step(
    'roster',
    `The administrator enters ${Object.keys(cast.organisations).length} organisations, their registrars and signatories`,
    'Until an agreement stands; and the administrator decides nothing.',
    async () => {
      if (!memory.has('programme'))
        memory.keep('programme', (await administrator.post('/programmes', { name: `Story: ${setting}` })).id);
      for (const part of commissionersFirst(template)) await organisation(story, part, template);
      for (const name of first) await attested(story, name, administrator);
    },
  );
  await story.step(
    'tokens',
    'Registrars attest their own people; everybody takes their token from their mail',
    'Nobody but their own organisation says who somebody is and where their mail goes.',
    async () => {
      await Promise.all(first.map((name) => story.claim(name, administrator)));
      const registrar = (name: string) =>
        story.as(having(story, cast.people[name]?.organisation ?? '', 'registrar') ?? '');
      for (const name of others) await attested(story, name, registrar(name));
      await Promise.all(others.map((name) => story.claim(name, registrar(name))));
    },
  );
}

async function attested(story: Story, person: string, by: Api): Promise<void> {
  const { organisation: home, roles, name, address } = story.cast.people[person]!;
  const body = { organisation: story.organisation(home), roles, name, address };
  const { id } = await by.post<Done>(`/programmes/${story.programme}/people`, body);
  story.memory.keep(`person ${person}`, id);
}

/** The first of an organisation's people who holds a role. */
const having = ({ cast }: Story, home: string, role: string): string | undefined =>
  Object.entries(cast.people).find(
    ([, each]) => each.organisation === home && each.roles.includes(role),
  )?.[0];

/** A commissioner has to be there before those it commissions. */
const commissionersFirst = ({ organisations }: Shown): string[] => {
  const isCommissioned = (part: string) => (organisations[part]?.commissionedBy.length ?? 0) > 0;
  return Object.keys(organisations).sort((a, b) => Number(isCommissioned(a)) - Number(isCommissioned(b)));
};

async function organisation(story: Story, part: string, { organisations }: Shown): Promise<void> {
  const by = organisations[part]?.commissionedBy ?? [];
  const body = {
    name: story.cast.organisations[part],
    commissionedBy: by.map((name) => story.organisation(name)),
  };
  const { id } = await story.administrator.post<Done>(`/programmes/${story.programme}/organisations`, body);
  story.memory.keep(`organisation ${part}`, id);
}

async function agreement(story: Story, { signOff }: Shown, signatories: readonly string[]): Promise<void> {
  const { cast } = story;
  const parties = Object.keys(cast.organisations).map((home) => ({
    organisation: story.organisation(home),
    registrar: story.person(having(story, home, 'registrar') ?? ''),
    signatory: signatories.includes(having(story, home, 'signatory') ?? '')
      ? story.person(having(story, home, 'signatory') ?? '')
      : null,
  }));
  await story.step(
    'agreement',
    `${story.called('lead')}, proposes the agreement with the template’s sign-off rules; its institutions sign`,
    'Without one in force nothing is requested or released.',
    async () => {
      const path = `/programmes/${story.programme}/agreements`;
      await story.as('lead').post(path, {
        ...{ parties, expires: story.memory.inDays(700), rules: signOff },
        protocols:
          'Data is de-identified by those who hold it; named readers run named methods; results are checked.',
        riskAppetite: 'No figure may rest on fewer than ten people.',
        summary: 'How we work together, and when it ends.',
      });
      await story.signAll('AGREEMENT', signatories);
      const look = () => story.administrator.get<{ items: { inForce: boolean }[] }>(path);
      await story.wait(
        'the agreement to be in force',
        look,
        ({ items }) => items.some((a) => a.inForce),
        () => 'not yet',
      );
    },
  );
}

async function team(story: Story, members: readonly string[], reader: string): Promise<void> {
  await story.step(
    'core team',
    'The core team is named, and its reader is trained, undertakes and declares',
    'Without training, undertaking and declared interests both gates stay closed for whoever would read.',
    async () => {
      const at = (path: string) => `/programmes/${story.programme}${path}`;
      await story.as('lead').post(at('/core-team'), { members: members.map((name) => story.person(name)) });
      const days = { completed: story.memory.inDays(-30), expires: story.memory.inDays(700) };
      await story
        .as('lead')
        .post(at(`/people/${story.person(reader)}/training`), { course: 'Safe use of data', ...days });
      const signedAs = story.cast.people[reader]?.name;
      await story.as(reader).post(at('/undertaking'), {
        text: 'I use the data for what was signed, and copy nothing.',
        signedAs,
      });
      await story.as(reader).post(at('/interests'), { interests: null });
    },
  );
}

/** What may be asked for at all: lawful and acceptable, each signed on its own. */
export async function boundary(story: Story, key: string, limits: Limits): Promise<void> {
  await story.step(
    key,
    `${story.called('lead')}, proposes the boundary with its legal file; LEGAL and ETHICAL are signed`,
    'Lawful and acceptable are two questions: neither answer stands in for the other.',
    async () => {
      const { id } = await story
        .as('lead')
        .post<Done>(story.at('/legal-files'), { scope: scopeOf(story, limits), ...legalFileOf(limits) });
      const body = {
        scope: scopeOf(story, limits),
        legalFile: id,
        summary: 'What may be asked for, and no more.',
      };
      const made = await story.as('lead').post<Done>(story.at('/boundaries'), body);
      await Promise.all([
        story.signAll('LEGAL', limits.legal, made.id),
        story.signAll('ETHICAL', limits.ethical, made.id),
      ]);
      const look = () =>
        story.list<{ kind: string; current: { status: string; subject: { id: string } } }>('/checkpoints');
      await story.wait(
        'LEGAL and ETHICAL to be settled',
        look,
        (all) =>
          all.filter(
            ({ kind, current }) =>
              ['LEGAL', 'ETHICAL'].includes(kind) &&
              current.subject.id === made.id &&
              current.status === 'SETTLED',
          ).length === 2,
        () => 'not yet',
      );
    },
  );
}

const scopeOf = (story: Story, limits: Limits) => ({
  ...{
    purposes: limits.purposes,
    linkage: limits.linkage ?? false,
    tier: limits.tier,
    methods: limits.methods,
  },
  sources: limits.sources.map(({ holder, ...source }) => ({ ...source, holder: story.organisation(holder) })),
  readers: [story.person('researcher')],
  exposed: limits.exposed.map((name) => story.organisation(name)),
  ...{ retentionDays: 365, expires: story.memory.inDays(450) },
});

const legalFileOf = ({ special }: Limits) => ({
  parts: {
    LEGAL_POWER: { text: 'The holders’ duties to plan and evaluate their services.' },
    LAWFUL_BASIS: { text: 'A task carried out in the public interest.' },
    SPECIAL_CATEGORY: { text: special },
    CONFIDENTIALITY: { text: 'Only de-identified rows leave the holder.' },
    OPT_OUTS: { text: 'Honoured by the holder before the extract.' },
    IMPACT_ASSESSMENT: { text: 'Done; figures about few people are the risk it names.' },
    OFFICER_ADVICE: { notApplicable: 'because no institution here has an officer on the roster' },
    RESIDUAL_RISK: { text: 'Low: no figure may rest on fewer than ten people.' },
    PRIVACY_NOTICE: { text: 'Published on the holders’ sites.' },
  },
  ...{ article6: 'PUBLIC_TASK', article9: 'ARCHIVING_RESEARCH_STATISTICS', residualRisk: 'LOW' },
});

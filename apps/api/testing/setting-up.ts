// Takes a team to where a test begins: agreement in force, a project with a signed boundary, a cycle with a signed question.
import type { ApiClient } from './client';
import { gather, install } from './installation';
import type { Installation, PersonKey, Team } from './installation';
import { sign } from './signing';

export const inDays = (days: number): string => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString();

export const FIELDS = ['treat', 're74', 're78'];
export const PURPOSE = 'evaluate the programme';

export const agreementOf = ({ organisations, people }: Team) => ({
  parties: [
    { organisation: organisations['university'], registrar: people.lead.id, signatory: people.researcher.id },
    { organisation: organisations['council'], registrar: people.checker.id, signatory: people.checker.id },
    { organisation: organisations['holder'], registrar: people.holder.id, signatory: people.riskOwner.id },
    { organisation: organisations['panel'], registrar: people.layMember.id, signatory: null },
  ],
  ...{
    expires: inDays(700),
    protocols: 'Encrypted at rest.',
    riskAppetite: 'Low.',
    summary: 'What we agree.',
  },
});

export const boundaryOf = ({ organisations, people }: Team) => ({
  scope: {
    ...{
      purposes: [PURPOSE],
      linkage: false,
      tier: 'DEIDENTIFIED',
      methods: ['descriptive'],
      retentionDays: 300,
    },
    sources: [{ source: 'register', holder: organisations['holder'], fields: FIELDS }],
    ...{ readers: [people.researcher.id], exposed: [organisations['holder']], expires: inDays(400) },
  },
  summary: 'What may be done.',
});

/** B53: a complete legal file for this scope; what the project says already is filled in. */
export const legalFileOf = (scope: object) => ({
  scope,
  parts: {
    ...{ LEGAL_POWER: { text: 'Statute.' }, LAWFUL_BASIS: { text: 'Public task.' } },
    ...{ SPECIAL_CATEGORY: { notApplicable: 'no special category' }, OPT_OUTS: { text: 'Honoured.' } },
    ...{ CONFIDENTIALITY: { notApplicable: 'nothing was told in confidence' } },
    ...{ IMPACT_ASSESSMENT: { text: 'Done.' }, RESIDUAL_RISK: { text: 'Low.' } },
    ...{ OFFICER_ADVICE: { notApplicable: 'no officer is on the roster' } },
    ...{ PRIVACY_NOTICE: { text: 'Published.' } },
  },
  ...{ article6: 'PUBLIC_TASK', residualRisk: 'LOW' },
});

/** Drafts the legal file and proposes the boundary with it. */
export async function proposeBoundary(lead: ApiClient, project: string, body: { scope: object }) {
  const { id } = await lead.make(`${project}/legal-files`, legalFileOf(body.scope));
  return lead.post(`${project}/boundaries`, { ...body, legalFile: id });
}

export const askOf = ({ organisations }: Team) => ({
  holder: organisations['holder'],
  ask: {
    source: 'register',
    fields: FIELDS,
    tier: 'DEIDENTIFIED',
    purpose: PURPOSE,
    methods: ['descriptive'],
    linkage: false,
  },
  rationale: { text: 'To see whether earnings rose.', cites: [] },
  summary: 'We ask for four fields.',
});

export const GRANT = {
  ...{ tier: 'DEIDENTIFIED', fields: FIELDS, conditions: [] },
  depositAs: { level: 'ROWS', fields: rowFields(), dimensions: [], sums: [] },
  releaseAs: { level: 'ROWS', fields: rowFields(), dimensions: [], sums: [] },
};

function rowFields() {
  return [
    { name: 'person', type: 'pseudonym' },
    { name: 'treat', type: 'category', codes: ['0', '1'] },
    { name: 're74', type: 'number', min: 0 },
    { name: 're78', type: 'number', min: 0 },
  ];
}

export async function withAgreement(installation: Installation, team: Team): Promise<string> {
  const { id } = await team.people.lead.client.make(
    `/programmes/${team.programme}/agreements`,
    agreementOf(team),
  );
  await sign(installation, team, team.programme, 'AGREEMENT', ['researcher', 'checker', 'riskOwner']);
  await makeSafe(team, 'researcher', 'lead');
  return id;
}

/** B54: what a reader needs before the gate opens: training by their registrar, undertaking and interests by themselves. */
export async function makeSafe({ programme, people }: Team, reader: PersonKey, registrar: PersonKey) {
  const training = { course: 'Safe use of data', completed: inDays(-1), expires: inDays(365) };
  const path = `/programmes/${programme}`;
  await people[registrar].client.make(`${path}/people/${people[reader].id}/training`, training);
  const undertaking = { text: 'I use the data for nothing else.', signedAs: people[reader].name };
  await people[reader].client.make(`${path}/undertaking`, undertaking);
  await people[reader].client.make(`${path}/interests`, { interests: null });
}

/** A project whose question is settled: the data request stage is open. */
export async function atDataRequest(installation: Installation, team: Team): Promise<string> {
  const { client } = team.people.lead;
  const { id } = await client.make('/projects', {
    programme: team.programme,
    title: 'Did the programme raise earnings?',
  });
  const project = `/projects/${id}`;
  await client.make(`${project}/ethics`, { body: 'Committee', reference: 'REC 7', expires: inDays(500) });
  await proposeBoundary(client, project, boundaryOf(team));
  await sign(installation, team, id, 'LEGAL', ['riskOwner']);
  await sign(installation, team, id, 'ETHICAL', ['checker', 'layMember', 'holder']);
  await client.make(`${project}/cycles`, { descendsFrom: null });
  const question = {
    question: 'Did earnings rise?',
    framing: 'Tight.',
    sufficient: true,
    summary: 'As discussed.',
  };
  await client.make(`${project}/questions`, question);
  await sign(installation, team, id, 'QUESTION', ['official', 'researcher']);
  return id;
}

export interface AtWork {
  installation: Installation;
  team: Team;
  project: string;
  /** The project's address. */
  at: string;
}

/** A fresh installation whose team has an agreement, and a project that may ask for data. */
export async function aProjectAtWork(over: Parameters<typeof install>[0] = {}): Promise<AtWork> {
  const installation = await install(over);
  const team = await gather(installation);
  await withAgreement(installation, team);
  const project = await atDataRequest(installation, team);
  return { installation, team, project, at: `/projects/${project}` };
}

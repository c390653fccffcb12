// Before the first cycle: the people, the agreement between their institutions, ethics, and the boundary of the data.
import type { Done } from './api';
import { called, ORGANISATIONS, PEOPLE } from './cast';
import type { OrganisationName, PersonName } from './cast';
import { FIELDS, METHODS, PURPOSE, SOURCE } from './data-terms';
import type { Tour } from './tour';

export const PROGRAMME = 'Work and earnings (demonstration)';

export async function settingUp(tour: Tour): Promise<void> {
  tour.report.chapter('Before the first cycle');
  await people(tour);
  await agreement(tour);
  await safePeople(tour);
  await project(tour);
  await boundary(tour);
}

async function people(tour: Tour): Promise<void> {
  const why =
    'Until an agreement stands, the administrator enters each organisation with its registrar and signatory, and decides nothing.';
  await tour.step(
    'roster',
    'The administrator enters four organisations and their first six people',
    why,
    async () => {
      const { administrator, memory } = tour;
      if (!memory.has('programme'))
        memory.keep('programme', (await administrator.post('/programmes', { name: PROGRAMME })).id);
      for (const [name, title] of Object.entries(ORGANISATIONS) as [OrganisationName, string][]) {
        const { id } = await administrator.post(`/programmes/${tour.programme}/organisations`, {
          name: title,
        });
        memory.keep(`organisation ${name}`, id);
      }
      const firstComers = (Object.keys(PEOPLE) as PersonName[]).filter((name) => name !== 'official');
      for (const name of firstComers) await attest(tour, name, 'administrator');
    },
  );
  await tour.step(
    'official',
    `${PEOPLE.checker.name}, registrar of the council, attests ${called('official')}`,
    'Only their own registrar says who somebody is and where their mail goes. This person is you: the mails to you@parley.example are yours.',
    async () => {
      await tour.claim('checker', tour.administrator);
      await attest(tour, 'official', 'checker');
    },
  );
  await tour.step(
    'tokens',
    'Those who work with the API take their tokens from behind the links in their mails',
    'A token is shown once; only a digest of it is kept.',
    async () => {
      const claims = (['lead', 'researcher', 'holder'] as const).map((name) =>
        tour.claim(name, tour.administrator),
      );
      await Promise.all([...claims, tour.claim('official', tour.as('checker'))]);
    },
  );
}

async function attest(tour: Tour, name: PersonName, by: 'administrator' | 'checker'): Promise<void> {
  const { organisation, roles, name: fullName, address } = PEOPLE[name];
  const api = by === 'administrator' ? tour.administrator : tour.as(by);
  const body = { organisation: tour.organisation(organisation), roles, name: fullName, address };
  const { id } = await api.post<Done>(`/programmes/${tour.programme}/people`, body);
  tour.memory.keep(`person ${name}`, id);
}

async function agreement(tour: Tour): Promise<void> {
  const party = (organisation: OrganisationName, registrar: PersonName, signatory: PersonName | null) => ({
    organisation: tour.organisation(organisation),
    registrar: tour.person(registrar),
    signatory: signatory && tour.person(signatory),
  });
  await tour.step(
    'agreement',
    `${called('lead')}, proposes the collaboration agreement`,
    'Without one in force nothing is requested or released.',
    () =>
      tour.as('lead').post(`/programmes/${tour.programme}/agreements`, {
        parties: [
          party('university', 'lead', 'researcher'),
          party('council', 'checker', 'checker'),
          party('holder', 'holder', 'riskOwner'),
          party('panel', 'lay', null),
        ],
        expires: tour.memory.inDays(700),
        protocols:
          'Data stays with the engine, sealed; only named readers run named methods on it; every result is checked before anyone sees it.',
        riskAppetite: 'No figure may rest on fewer than ten people.',
        summary: 'How we work together, who signs what, and when it ends.',
      }),
  );
  await tour.step(
    'agreement signed',
    'A signatory of each of the three institutions signs it',
    'Each by the link in their mail, and a code mailed when they answer.',
    async () => {
      await tour.signAll('AGREEMENT', ['researcher', 'checker', 'riskOwner']);
      await tour.wait(
        'the agreement to be in force',
        () =>
          tour.administrator.get<{ items: { inForce: boolean }[] }>(
            `/programmes/${tour.programme}/agreements`,
          ),
        ({ items }) => items.some(({ inForce }) => inForce),
        () => 'it is not yet',
      );
    },
  );
}

async function safePeople(tour: Tour): Promise<void> {
  await tour.step(
    'safe people',
    `${called('lead')}, records the training of ${called('researcher')}, who signs the undertaking and declares interests`,
    'Without these three on record of every named reader, both gates stay closed for them, by name.',
    async () => {
      const at = (path: string) => `/programmes/${tour.programme}${path}`;
      await tour.as('lead').post(at(`/people/${tour.person('researcher')}/training`), {
        course: 'Safe use of data about people',
        completed: tour.memory.inDays(-30),
        expires: tour.memory.inDays(700),
      });
      await tour.as('researcher').post(at('/undertaking'), {
        text: 'I read this data for the purposes signed and for nothing else, try to recognise nobody, and copy nothing out.',
        signedAs: PEOPLE.researcher.name,
      });
      await tour.as('researcher').post(at('/interests'), { interests: null });
    },
  );
}

async function project(tour: Tour): Promise<void> {
  await tour.step(
    'project',
    `${called('lead')}, starts the project and records the ethical approval`,
    'A committee’s approval is a document, with its reference and expiry.',
    async () => {
      const lead = tour.as('lead');
      const { id } = await lead.post('/projects', {
        programme: tour.programme,
        title: 'Did the employment programme raise earnings?',
      });
      tour.memory.keep('project', id);
      await lead.post(tour.at('/ethics'), {
        body: 'Northfield Research Ethics Committee',
        reference: 'NREC 118',
        expires: tour.memory.inDays(500),
      });
    },
  );
}

async function boundary(tour: Tour): Promise<void> {
  await tour.step(
    'boundary',
    `${called('lead')}, drafts the legal file and proposes the boundary of the data with it`,
    'What may be asked for at all: purposes, fields, methods, readers. Everything later must lie inside it.',
    () =>
      proposedBoundary(tour, {
        ...{ fields: FIELDS, methods: METHODS },
        summary:
          'De-identified records of one employment programme, to describe earnings with and without it.',
      }),
  );
  await tour.step('legal', `${called('riskOwner')}, signs that it is lawful`, '', () =>
    tour.signAll('LEGAL', LEGAL_SIGNERS),
  );
  await tour.step(
    'ethical',
    'Ethics reviewer, lay member and an official of the holder sign that it is acceptable',
    'Lawful and acceptable are two questions: neither answer stands in for the other.',
    () => tour.signAll('ETHICAL', ETHICAL_SIGNERS),
  );
}

export const LEGAL_SIGNERS = ['riskOwner'] as const;
export const ETHICAL_SIGNERS = ['checker', 'lay', 'holder'] as const;

interface Limits {
  readonly fields: readonly string[];
  readonly methods: readonly string[];
  readonly summary: string;
}

/** The boundary, or its amendment, with the legal file that is drafted for it. */
export async function proposedBoundary(tour: Tour, { fields, methods, summary }: Limits): Promise<Done> {
  const scope = {
    purposes: [PURPOSE],
    sources: [{ source: SOURCE, holder: tour.organisation('holder'), fields }],
    ...{ linkage: false, tier: 'DEIDENTIFIED', methods },
    readers: [tour.person('researcher')],
    exposed: [tour.organisation('holder')],
    ...{ retentionDays: 365, expires: tour.memory.inDays(450) },
  };
  const lead = tour.as('lead');
  const { id } = await lead.post<Done>(tour.at('/legal-files'), { scope, ...LEGAL_FILE });
  return lead.post<Done>(tour.at('/boundaries'), { scope, legalFile: id, summary });
}

/** What the project does not say already; controllers, sharing agreement and retention are filled in from it. */
const LEGAL_FILE = {
  parts: {
    LEGAL_POWER: { text: 'The office’s duty to evaluate its programmes.' },
    LAWFUL_BASIS: { text: 'A task carried out in the public interest.' },
    SPECIAL_CATEGORY: { text: 'Ethnic origin, for statistical purposes, with safeguards.' },
    CONFIDENTIALITY: { notApplicable: 'because no record was given in confidence of care' },
    OPT_OUTS: { notApplicable: 'because the programme’s records carry none' },
    IMPACT_ASSESSMENT: { text: 'Done by the office; figures about few people are the risk it names.' },
    OFFICER_ADVICE: { notApplicable: 'because no institution here has an officer on the roster' },
    RESIDUAL_RISK: { text: 'Low: no figure may rest on fewer than ten people.' },
    PRIVACY_NOTICE: { text: 'Published on the office’s site.' },
  },
  article6: 'PUBLIC_TASK',
  article9: 'ARCHIVING_RESEARCH_STATISTICS',
  residualRisk: 'LOW',
};

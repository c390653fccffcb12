// The states few people meet: a full entry of the register, a request talked over, a sign-off handed on with a code, ways astray.
import { commitText, signContent } from '#libs/ledger';
import type { PublicEntry } from '#libs/ledger';
import type { Language } from '#libs/language';
import { settledQuestion } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { renderPage } from '#libs/web';
import { HOLDER, PANEL } from '../../../libs/testing/story';
import { entryPage } from '../register/entry';
import { approve, form } from './asking';
import { answerLink } from './requests';
import type { Walk } from './states';

const AT = '2026-01-05T09:00:00.000Z';

/** Words of people as figures, so that whatever is read in letters is the page's own. */
const FULL: PublicEntry = {
  ...{ id: 'prj_aaaaaaaaaaaaaaaa', title: '1', status: 'CLOSED', since: AT, question: '2', partners: ['3'] },
  sources: [{ source: '4', holder: '5', tier: 'AGGREGATE' }],
  published: [{ source: '6', address: 'https://data.example/areas', licence: '7', version: '8' }],
  legalBasis: { legalPower: '9', lawfulBasis: '10', specialCategory: '11' },
  outputs: [
    {
      ...{ insight: '12', summary: '13', publishedAt: AT, isInDoubt: true },
      dissents: [{ organisation: '14', text: '15' }],
    },
  ],
  unpublished: [
    { insight: '16', why: 'WITHHELD', reason: '17' },
    { insight: '18', why: 'COMMENT_PERIOD', until: AT },
    { insight: '19', why: 'NOT_PROPOSED' },
  ],
  actions: [{ what: '20', organisation: '21', due: AT, effect: '22', status: 'UNDER_WAY' }],
  contact: '23',
};
/** The same once everybody's words were erased. */
const ERASED: PublicEntry = {
  ...{ ...FULL, title: null, question: null, partners: [null], contact: null },
  outputs: [
    {
      ...{ insight: '12', summary: null, publishedAt: AT, isInDoubt: false },
      dissents: [{ organisation: null, text: null }],
    },
  ],
  actions: [{ what: null, organisation: null, due: AT, effect: null, status: 'NOT_DONE' }],
};

/** What takes a project years to reach is laid out from its entry. */
export function registerEntries({ keep }: Walk, language: Language): void {
  const asked = 'GET /register/prj_aaaaaaaaaaaaaaaa';
  for (const [name, entry] of Object.entries({ full: FULL, erased: ERASED }))
    keep(`register, ${name}`, {
      ...{ asked, status: 200 },
      html: renderPage('register-entry', language, entryPage(entry, language)),
    });
  const items = [{ id: 'prj_aaaaaaaaaaaaaaaa', title: null, question: '1' }];
  const words = { title: language.t('register.title'), service: language.t('register.service') };
  keep('register, more than a page', {
    ...{ asked: 'GET /register', status: 200 },
    html: renderPage('register', language, { ...words, items, next: 'prj_aaaaaaaaaaaaaaaa' }),
  });
}

/** A request whose parts have a period, talked over by both sides. */
export async function talking({ start, visitor, keep }: Walk): Promise<void> {
  const project = start.withAnotherProject();
  await settledQuestion(project);
  await askedByPeriod(project);
  const person = visitor();
  const page = await person.arrive(await answerLink(project));
  const asking = page.forms.find(({ fields }) => fields.act === 'ask')?.fields ?? {};
  await person.post(`${page.address}/talk`, { ...asking, topic: 'COST', question: '10', askingName: '11' });
  const question = commitText('12');
  await project.onProject('lead', {
    ...{ texts: [question] },
    command: { type: 'AskClarification', request: 'r1', topic: 'OTHER', text: question.commitment },
  });
  const talked = await person.get(page.address);
  keep('request, asked back', talked);
  const replying = talked.forms.find(({ fields }) => fields.act === 'reply')?.fields ?? {};
  keep('request, nothing replied', await person.post(`${page.address}/talk`, replying));
  const settling = talked.forms.find(({ fields }) => fields.act === 'settle')?.fields ?? {};
  keep('request, not settled', await person.post(`${page.address}/talk`, settling));
  await person.post(`${page.address}/talk`, { ...settling, 'settles-cl1': 'yes', 'talkName-cl1': '13' });
  keep('request, settled in talk', await person.get(page.address));
}

/** Asked for by small area and in years: the answer may narrow both. */
async function askedByPeriod(project: Setting): Promise<void> {
  const { content, contents } = signContent({ kind: 'REQUEST' }, { text: 'What we ask' });
  const why = commitText('14');
  const period = { from: '2012-04-01', to: '2014-03-31' };
  const granularity = { level: 'SMALL_AREA', vintage: '2011' } as const;
  await project.onProject('lead', {
    command: {
      ...({ type: 'SendRequest', holder: HOLDER, content } as const),
      ask: {
        ...{ source: 'programme', fields: ['treat', 're78'], tier: 'DEIDENTIFIED', purpose: 'earnings' },
        ...{ methods: ['descriptive'], linkage: false },
        detail: [{ field: 'treat', period, granularity }],
      },
      rationale: { text: why.commitment, cites: [] },
    },
    contents,
    texts: [why],
  });
}

const SECOND = 'per_second';

/** Handed on where deciding takes a code: so does handing on. */
export async function handingWithCode({ setting, start, visitor, keep }: Walk): Promise<void> {
  const project = await start.withAnotherProject().withProject();
  await project.db.query('delete from parley.asks');
  const [name, address] = [commitText('9'), commitText('second@example.org')];
  const attested = { person: SECOND, organisation: PANEL, roles: ['layMember' as const] };
  await setting.byAccount('lay', setting.programme, {
    command: { type: 'AttestPerson', ...attested, name: name.commitment, address: address.commitment },
    texts: [name, address],
  });
  const person = visitor();
  const page = await person.arrive(await project.link('lay', 'ETHICAL'));
  const offered = await person.get(`${page.address}/delegate`);
  keep('delegate, code follows', offered);
  const given = { ...form(offered), to: SECOND, name: 'Person lay' };
  const asked = await person.post(`${page.address}/delegate`, given);
  keep('delegate, code', asked);
  const malformed = { ...form(asked), code: '12' };
  keep('delegate, code malformed', await person.post(`${page.address}/delegate`, malformed));
  const leaving = { type: 'RecordLeaver', person: SECOND } as const;
  await setting.byAccount('lay', setting.programme, { command: leaving });
}

/** Addresses that lead to nothing: files that are not there, a fresh link asked from a receipt, a version that never was. */
export async function astray({ start, visitor, keep }: Walk): Promise<void> {
  const project = await start.withAnotherProject().withProject();
  const person = visitor();
  const page = await person.arrive(await project.link('official', 'QUESTION'));
  keep('evidence, none such', await person.get(`${page.address}/evidence/ev9`));
  keep(
    'evidence, no session',
    await visitor().get(page.address.replace('/sign/', '/confirm/') + '/evidence/ev9'),
  );
  const again = page.address.replace('/sign/', '/again/');
  keep('again, asked', await visitor().post(again, form(await visitor().get(again))));
  const unknown = { ...form(page), ...approve, core: 'a'.repeat(64) };
  keep('changed, from nothing known', await person.post(page.address, unknown));
}

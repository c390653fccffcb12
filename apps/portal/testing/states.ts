// Every page of the portal in every state a person can meet it in, as it is served: what tests of words and of access look at.
import type { CheckpointKind } from '#libs/domain';
import { commitText, signContent } from '#libs/ledger';
import { nextForm, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { approve, form } from './asking';
import { confirming } from './confirm-states';
import { depositing } from './deposit-states';
import { handing, requesting, takingBack, waiting } from './further-states';
import { astray, handingWithCode, registerEntries, talking } from './rarer-states';
import type { Opened } from './asking';
import { Visitor } from './visitor';
import type { Page } from './visitor';

export interface State {
  name: string;
  /** What was asked, as `GET /register`. */
  asked: string;
  status: number;
  html: string;
}

const TYPED = {
  ...{ reason: '11111', dissent: '22222', noBreakdownBy: '???', minOrganisations: '1', showOnlyWith: '3' },
  ...{ noUseFor: '4', earlierExpiry: '2001-01-01', reviewBeforeSharing: 'yes', askAgain: 'yes' },
};

/** Walks a project of its own through the portal; `settled` has a question signed by everybody. */
export async function everyState({ start, portal, language }: Opened): Promise<State[]> {
  const states: State[] = [];
  const walk: Walk = {
    setting: await start.withAnotherProject().withProject(),
    start,
    vaultDir: portal.vaultDir,
    visitor: () => new Visitor(portal.url),
    keep: (name, { asked, status, html }) => void states.push({ name, asked, status, html }),
  };
  await withoutLink(walk);
  await signing(walk);
  await coding(walk);
  await answered(walk);
  await withdrawing(walk);
  await access(walk);
  await errors(walk);
  await waiting(walk);
  await handing(walk);
  await requesting(walk);
  await takingBack(walk);
  await depositing(walk);
  await confirming(walk);
  registerEntries(walk, language);
  await talking(walk);
  await handingWithCode(walk);
  await astray(walk);
  await changing(walk);
  await over(walk);
  return states;
}

export interface Walk {
  setting: Setting;
  start: Setting;
  /** Where files handed over go. */
  vaultDir: string;
  visitor: () => Visitor;
  keep: (name: string, page: Pick<Page, 'asked' | 'status' | 'html'>) => void;
}

async function withoutLink({ visitor, setting, keep }: Walk): Promise<void> {
  const stranger = visitor();
  keep('front', await stranger.get('/'));
  keep('register, empty', await stranger.get('/register'));
  keep('register, no such entry', await stranger.get('/register/prj_aaaaaaaaaaaaaaaa'));
  const dead = await stranger.get(`/s/${'A'.repeat(43)}`);
  keep('dead link', dead);
  keep('fresh link asked', await stranger.post('/fresh', form(dead)));
  const { checkpoint } = await setting.asked('QUESTION');
  const item = `${setting.project}/${checkpoint}/1/${personId('official')}`;
  keep('again', await stranger.get(`/again/${item}`));
  keep('cookies off', await stranger.get(`/sign/${item}`));
}

async function signing({ setting, visitor, keep }: Walk): Promise<void> {
  const page = await visitor().arrive(await setting.link('official', 'QUESTION'));
  keep('sign, first version', page);
  const boundary = await visitor().arrive(await setting.link('lay', 'ETHICAL'));
  keep('sign, boundary', boundary);
  const person = visitor();
  const { address, ...shown } = await person.arrive(await setting.link('official', 'QUESTION'));
  keep('sign, nothing given', await person.post(address, form(shown)));
  keep('sign, all wrong', await person.post(address, { ...form(shown), ...TYPED, choice: 'APPROVED' }));
  const unchanged = { ...form(shown), choice: 'CHANGES_REQUESTED' };
  keep('sign, no reason', await person.post(address, unchanged));
  const conditional = { ...form(shown), choice: 'APPROVED_WITH_CONDITIONS' };
  keep('sign, no condition', await person.post(address, conditional));
  const long = { ...form(shown), ...approve, reason: 'x'.repeat(5000), name: '\0' };
  keep('sign, too long', await person.post(address, long));
  const broken = { ...form(shown), core: '', confidant: '?', choice: 'REJECTED' };
  keep('sign, broken form', await person.post(address, broken));
  const notNeutral = { ...approve, reason: '1', confidant: personId('lead'), choice: 'REJECTED' };
  keep('refused by a rule', await person.post(address, { ...form(shown), ...notNeutral }));
}

async function coding({ setting, visitor, keep }: Walk): Promise<void> {
  const person = visitor();
  const page = await person.arrive(await setting.link('riskOwner', 'LEGAL'));
  keep('sign, code follows', page);
  const answer = { ...form(page), choice: 'REJECTED', name: 'Person riskOwner' };
  const asked = await person.post(page.address, answer);
  keep('code', asked);
  keep('code, malformed', await person.post(page.address, { ...form(asked), code: '12' }));
  const { stream, checkpoint, round } = await setting.asked('LEGAL');
  const { links } = setting.processes.courier;
  const code = await links.mintCode(stream, personId('riskOwner'), checkpoint, round.round);
  const wrong = { ...form(asked), code: code === '00000000' ? '00000001' : '00000000' };
  keep('code, wrong', await person.post(page.address, wrong));
  for (let tries = 0; tries < 4; tries += 1) await person.post(page.address, wrong);
  keep('code, dead', await person.post(page.address, wrong));
  for (let sent = 0; sent < 2; sent += 1) await person.post(page.address, answer);
  keep('code, too many', await person.post(page.address, answer));
  await setting.db.query('delete from parley.asks');
}

async function answered({ setting, visitor, keep }: Walk): Promise<void> {
  const person = visitor();
  const page = await person.arrive(await setting.link('official', 'QUESTION'));
  const conditions = { noBreakdownBy: 'provider', noUseFor: '5', earlierExpiry: '2099-01-01' };
  const more = {
    choice: 'APPROVED_WITH_CONDITIONS',
    ...conditions,
    reviewBeforeSharing: 'yes',
    dissent: '6',
  };
  await person.post(page.address, { ...form(page), ...approve, ...more });
  keep('receipt, open', await person.get(`${page.address}/receipt`));
  keep('already answered', await person.post(page.address, { ...form(page), ...approve }));
  keep('sign, others answered', await visitor().arrive(await setting.link('researcher', 'QUESTION')));
  await setting.sign('QUESTION', 'researcher');
  keep('receipt, settled', await person.get(`${page.address}/receipt`));
  const entry = await visitor().get(`/register/${setting.project}`);
  keep('register, entry', entry);
  keep('register, list', await visitor().get('/register'));
}

async function withdrawing({ setting, start, visitor, keep }: Walk): Promise<void> {
  const person = visitor();
  const page = await person.arrive(await setting.link('official', 'QUESTION', 'WITHDRAW'));
  keep('withdraw', page);
  keep('withdraw, nothing given', await person.post(page.address, form(page)));
  const done = await person.post(page.address, { ...form(page), what: 'withdraw', name: '7' });
  keep('receipt, withdrawn', await person.get(done.location));
  const other = visitor();
  const second = await other.arrive(await setting.link('researcher', 'QUESTION', 'WITHDRAW'));
  const disowned = await other.post(second.address, { ...form(second), what: 'disown', name: '8' });
  keep('receipt, disowned', await other.get(disowned.location));
  keep('receipt, declined', await declined(visitor(), setting));
  keep('nothing to withdraw', await nothingToWithdraw(visitor(), setting));
  const institution = visitor();
  const agreement = await institution.arrive(await start.link('researcher', 'AGREEMENT', 'WITHDRAW'));
  keep('withdraw, agreement', agreement);
  const unsaid = { ...form(agreement), what: 'withdraw' };
  keep('withdraw, agreement, nothing given', await institution.post(agreement.address, unsaid));
}

async function declined(person: Visitor, setting: Setting): Promise<Page> {
  const page = await person.arrive(await setting.link('lay', 'ETHICAL'));
  const asked = await person.post(page.address, { ...form(page), choice: 'REJECTED', name: 'Person lay' });
  const { stream, checkpoint, round } = await setting.asked('ETHICAL');
  const { links } = setting.processes.courier;
  const code = await links.mintCode(stream, personId('lay'), checkpoint, round.round);
  const { location } = await person.post(page.address, { ...form(asked), code });
  return person.get(location);
}

async function nothingToWithdraw(person: Visitor, setting: Setting): Promise<Page> {
  const page = await person.arrive(await setting.link('holder', 'ETHICAL'));
  return person.get(`${page.address}/withdraw`);
}

async function access({ setting, visitor, keep }: Walk): Promise<void> {
  const link = { stream: setting.programme, person: personId('lead'), purpose: 'ACCESS' as const };
  const { token } = await setting.processes.courier.links.mint({
    ...link,
    checkpoint: '',
    round: 0,
    core: '',
  });
  const person = visitor();
  const page = await person.arrive(token);
  keep('access', page);
  keep('access, not ready', await person.post(page.address, form(page)));
  keep('access, token', await person.post(page.address, { ...form(page), name: 'Person lead' }));
}

async function errors({ setting, visitor, keep }: Walk): Promise<void> {
  const person = visitor();
  const page = await person.arrive(await setting.link('holder', 'ETHICAL'));
  keep('foreign form', await person.post(page.address, { ...form(page), csrf: '' }));
  keep('malformed', await person.get('/s/%E0%A4%A'));
  keep('missing', await person.get('/nowhere'));
  keep('too large', await person.post(page.address, { reason: 'x'.repeat(200_000) }));
  const json = { 'content-type': 'application/json' };
  keep('unread format', await person.ask(page.address, { method: 'POST', body: '{}', headers: json }));
  await setting.db.query('alter function parley.find_link(text) rename to find_link_away');
  keep('away', await person.get(page.address));
  await setting.db.query('alter function parley.find_link_away(text) rename to find_link');
}

/** A version with a table, terms and a list, so that a difference shows each. */
export async function proposeReadableQuestion(setting: Setting): Promise<void> {
  const core = {
    kind: 'QUESTION',
    question: 'Did the employment programme raise earnings in 1978?',
    framing: 'Compare people who took part with people who did not, by what they earned before.',
    sufficient: true,
    sources: [{ source: 'Programme records', holder: 'org_holder', fields: ['treat', 're74', 're78'] }],
    tier: 'AGGREGATE',
    expires: '2027-03-31T12:00:00.000Z',
    descendsFrom: null,
  };
  const { content, contents } = signContent(core, { text: 'Why we ask, in plain words.' });
  const world = await setting.world();
  const command = {
    type: 'ProposeQuestion',
    content,
    sufficient: true,
    form: nextForm(world.project),
  } as const;
  await setting.onProject('lead', { command, contents });
}

export async function changeCover(
  setting: Setting,
  text: string,
  kind: CheckpointKind = 'QUESTION',
): Promise<void> {
  const { checkpoint } = await setting.asked(kind);
  const { content, contents } = signContent({}, { text });
  const command = { type: 'ChangeCover', checkpoint, cover: content.cover } as const;
  await setting.onProject('lead', { command, contents });
}

async function changing({ setting, visitor, keep }: Walk): Promise<void> {
  const person = visitor();
  await proposeReadableQuestion(setting);
  const page = await person.arrive(await setting.link('researcher', 'QUESTION'));
  keep('sign, compared', page);
  await changeCover(setting, 'In other words');
  keep('changed, covering text', await person.post(page.address, { ...form(page), ...approve }));
  keep('sign, covering text changed', await person.get(page.address));
  const answered = visitor();
  const compared = await answered.arrive(await setting.link('official', 'QUESTION'));
  await answered.post(compared.address, { ...form(compared), ...approve });
  await changeCover(setting, '13');
  keep('withdraw, covering text changed', await answered.get(`${compared.address}/withdraw`));
  await setting.proposeQuestion();
  keep('changed, content', await person.post(page.address, { ...form(page), ...approve }));
  keep('replaced', await person.get(page.address));
}

async function over({ setting, start, visitor, keep }: Walk): Promise<void> {
  const reason = commitText('A pause');
  const suspend = { type: 'SuspendProject', reason: reason.commitment } as const;
  await setting.onProject('lead', { command: suspend, texts: [reason] });
  const person = visitor();
  const page = await person.arrive(await setting.link('researcher', 'QUESTION'));
  keep('sign, suspended', page);
  await setting.onProject('lead', { command: { type: 'ResumeProject' } });
  await setting.db.shiftClock('15 days');
  const { checkpoint, round } = await setting.asked('QUESTION');
  await setting.byWorker({ type: 'KeepTime', checkpoint, round: round.round });
  keep('after the deadline', await person.get(page.address));
  await setting.db.shiftClock('0');
  await start.proposeAgreement();
  keep('sign, agreement amended', await visitor().arrive(await start.link('checker', 'AGREEMENT')));
  const left = visitor();
  await setting.proposeQuestion();
  const question = await left.arrive(await setting.link('official', 'QUESTION'));
  // Last: from here on the programme has nobody to ask.
  const command = { type: 'RecordLeaver', person: personId('official') } as const;
  await setting.byAccount('checker', setting.programme, { command });
  keep('no longer asked', await left.get(question.address));
}

// The states of the pages beside one sign-off: everything that waits, handing on, and a request for data.
import { commitText } from '#libs/ledger';
import type { ItemRef } from '#libs/ledger';
import { granted, personId, requested } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { COUNCIL } from '../../../libs/testing/story';
import { approve, form } from './asking';
import { answerLink } from './requests';
import type { Walk } from './states';

/** What waits for one person in two projects: left open, answered, changed meanwhile. */
export async function waiting({ setting, start, visitor, keep }: Walk): Promise<void> {
  const other = await start.withAnotherProject().withProject();
  await setting.db.query('delete from parley.asks');
  const person = visitor();
  const { address } = await person.arrive(await other.link('lay', 'ETHICAL'));
  const all = `${address}/all`;
  const list = await person.get(all);
  keep('items', list);
  keep('items, nothing given', await person.post(all, form(list)));
  keep('items, no hour chosen', await person.post(all, { ...form(list), act: 'mail' }));
  const wish = { ...form(list), act: 'mail', mail: '08:00', wishName: 'Person lay' };
  keep('items, in one mail a day', await person.get((await person.post(all, wish)).location));
  await person.post(all, { ...form(list), act: 'mail', mail: 'each', wishName: 'Person lay' });
  const { stream, checkpoint, round } = await other.asked('ETHICAL');
  const key = `${stream}-${checkpoint}-${round.round}`;
  const chosen = { ...form(list), [`choice-${key}`]: 'APPROVED_WITH_CONDITIONS', name: 'Person lay' };
  keep('items, all wrong', await person.post(all, { ...chosen, [`noUseFor-${key}`]: 'x'.repeat(5000) }));
  const answer = { ...chosen, [`choice-${key}`]: 'ABSTAINED' };
  const asked = await person.post(all, answer);
  keep('items, code', asked);
  keep('items, code malformed', await person.post(all, { ...form(asked), code: '12' }));
  const items: ItemRef[] = [{ stream, checkpoint, round: round.round }];
  const { links } = setting.processes.courier;
  const code = await links.mintItemsCode(other.project, personId('lay'), items);
  keep('items, recorded', await person.post(all, { ...form(asked), code }));
  keep('items, answered otherwise', await person.post(all, { ...answer, [`choice-${key}`]: 'REJECTED' }));
}

export async function handing({ setting, start, visitor, keep }: Walk): Promise<void> {
  const project = await start.withAnotherProject().withProject();
  const person = visitor();
  const page = await person.arrive(await project.link('official', 'QUESTION'));
  const address = `${page.address}/delegate`;
  keep('delegate, nobody', await person.get(address));
  await attestColleague(setting);
  keep('sign, may be handed on', await person.get(page.address));
  const deputy = `${page.address}/deputy`;
  const asked = await person.get(deputy);
  keep('deputy', asked);
  keep('deputy, nothing given', await person.post(deputy, form(asked)));
  const named = { ...form(asked), deputy: COLLEAGUE, name: 'Person official' };
  keep('deputy, named', await person.get((await person.post(deputy, named)).location));
  await person.post(deputy, { ...named, deputy: 'nobody' });
  const offered = await person.get(address);
  keep('delegate', offered);
  keep('delegate, nothing given', await person.post(address, { ...form(offered), until: '2001-01-01' }));
  await person.post(address, { ...form(offered), to: COLLEAGUE, name: 'Person official' });
  const standing = await person.get(address);
  keep('delegate, standing', standing);
  keep('take back, nothing given', await person.post(address, form(standing)));
  const back = { ...form(standing), what: 'takeBack', name: 'Person official' };
  keep('sign, taken back', await person.get((await person.post(address, back)).location));
  await person.post(address, { ...form(offered), to: COLLEAGUE, name: 'Person official' });
  const { stream, checkpoint, round } = await project.asked('QUESTION');
  const link = { stream, checkpoint, round: round.round, core: round.content.core };
  const { links } = setting.processes.courier;
  const { token } = await links.mint({ ...link, person: COLLEAGUE, purpose: 'SIGN' });
  const colleague = visitor();
  const theirs = await colleague.arrive(token);
  keep('sign, on behalf', theirs);
  await colleague.post(theirs.address, { ...form(theirs), ...approve });
  keep('delegate, answered', await person.get(address));
  const leaving = { type: 'RecordLeaver', person: COLLEAGUE } as const;
  await setting.byAccount('checker', setting.programme, { command: leaving });
}

export const COLLEAGUE = 'per_colleague';

export async function attestColleague(setting: Setting): Promise<void> {
  const [name, address] = [commitText('9'), commitText('colleague@example.org')];
  const command = { person: COLLEAGUE, organisation: COUNCIL, roles: ['policyOfficial' as const] };
  await setting.byAccount('checker', setting.programme, {
    command: { type: 'AttestPerson', ...command, name: name.commitment, address: address.commitment },
    texts: [name, address],
  });
}

/** A request for data: asked about, answered wrongly, answered. */
export async function requesting({ setting, start, visitor, keep }: Walk): Promise<void> {
  const project = start.withAnotherProject();
  await requested(project);
  const token = await answerLink(project);
  const { links } = setting.processes.courier;
  const person = visitor();
  const page = await person.arrive(token);
  keep('request', page);
  const asking = page.forms.find(({ fields }) => fields.act === 'ask')?.fields ?? {};
  keep('request, nothing asked', await person.post(`${page.address}/talk`, asking));
  const question = { ...asking, topic: 'COST', question: '10', askingName: '11' };
  await person.post(`${page.address}/talk`, question);
  const reply = commitText('12');
  await project.onProject('lead', {
    command: { type: 'AnswerClarification', clarification: 'cl1', text: reply.commitment },
    texts: [reply],
  });
  const answered = await person.get(page.address);
  keep('request, talked about', answered);
  const fields = answered.forms.at(-1)?.fields ?? {};
  keep('request, nothing given', await person.post(page.address, fields));
  keep(
    'request, nothing said of its fields',
    await person.post(page.address, { ...fields, outcome: 'GRANTED' }),
  );
  const refusal = { ...fields, outcome: 'REFUSED', name: 'Person holder' };
  const code = await person.post(page.address, refusal);
  keep('request, code', code);
  const digits = await links.mintAnswerCode(project.project, personId('holder'), 'r1');
  await person.post(page.address, { ...form(code), code: digits });
  keep('request, answered', await person.get(page.address));
}

/** A grant seen by who gave it, and taken back. */
export async function takingBack({ start, visitor, keep }: Walk): Promise<void> {
  const project = start.withAnotherProject();
  await granted(project);
  const token = await answerLink(project);
  const person = visitor();
  const { address, ...page } = await person.arrive(token);
  keep('request, granted', page);
  const shown = await person.get(`${address}/withdraw`);
  keep('withdraw, grant', shown);
  keep('withdraw, grant, nothing given', await person.post(`${address}/withdraw`, form(shown)));
  await person.post(`${address}/withdraw`, { ...form(shown), mode: 'UNLAWFUL', name: '13' });
  keep('request, withdrawn', await person.get(address));
}

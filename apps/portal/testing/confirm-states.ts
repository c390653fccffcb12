// The states of confirming what was written down for a colleague (T15), and of a sign-off with evidence beside it.
import { form } from './asking';
import { confirmationCode, confirmationLink, noteOfCall, recordedApproval } from './confirmations';
import type { Walk } from './states';

export async function confirming({ start, visitor, keep }: Walk): Promise<void> {
  const project = await start.withAnotherProject().withProject();
  await project.db.query('delete from parley.asks');
  await noteOfCall(project, '13', '16');
  await recordedApproval(project);
  keep('sign, with evidence', await visitor().arrive(await project.link('researcher', 'QUESTION')));
  const person = visitor();
  const page = await person.arrive(await confirmationLink(project));
  keep('confirm', page);
  keep('confirm, nothing given', await person.post(page.address, form(page)));
  const given = { ...form(page), whose: 'per_official', name: 'Person checker' };
  const asked = await person.post(page.address, given);
  keep('confirm, code', asked);
  keep('confirm, code malformed', await person.post(page.address, { ...form(asked), code: '12' }));
  keep('confirm, code wrong', await person.post(page.address, { ...form(asked), code: '00000000' }));
  await person.post(page.address, { ...form(asked), code: await confirmationCode(project) });
  keep('confirm, done', await person.get(page.address));
  const other = await start.withAnotherProject().withProject();
  await noteOfCall(other, '14');
  await recordedApproval(other);
  const late = visitor();
  const there = await late.arrive(await confirmationLink(other));
  await other.proposeQuestion();
  keep('confirm, over', await late.get(there.address));
}

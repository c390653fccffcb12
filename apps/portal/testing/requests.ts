// A link for the answer to a request, as the mail that asks would carry it.
import { personId } from '#libs/testing';
import type { Setting } from '#libs/testing';

/** Also after it was answered: with the same link a grant is taken back. */
export async function answerLink(setting: Setting, person = personId('holder')): Promise<string> {
  const { content } = (await setting.world()).project.requests['r1'] ?? {};
  if (content === undefined) throw new Error('No request was sent.');
  const about = { stream: setting.project, checkpoint: 'r1', round: 0, core: content.core };
  return (await setting.processes.courier.links.mint({ ...about, person, purpose: 'ANSWER' })).token;
}

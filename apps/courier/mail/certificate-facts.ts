// What a mail says of something that was destroyed: what its certificate says, and a link to where the data went.
import type { DataRequest } from '#libs/domain';
import { sayCertificate } from '#libs/web';
import type { Facts, Writing } from './facts';
import { answersFor } from './request-facts';

export async function certificateFacts(writing: Writing): Promise<Facts | null> {
  const { side, order, stream, links, reading, language } = writing;
  const { project } = side;
  const { about } = order;
  const destroyed = (project?.deposits[about] ?? project?.releases[about] ?? project?.analyses[about])
    ?.destroyed;
  if (!destroyed) return null;
  const said = sayCertificate(await reading.bytes(destroyed.certificate), language);
  // Where it leads is the page of what they granted, as far as they still answer for the holder.
  const request = requestsOf(writing).find((each) => each.answer?.grant && answersFor(writing, each));
  const link = request && (await links.answer(stream, order.person, request.id, request.content.core));
  return {
    ...{ about, certificate: destroyed.certificate },
    ...(said ? { proof: said.facts, copies: said.copies } : {}),
    ...link,
  };
}

/** The requests whose data a deposit, a release or a result was. */
function requestsOf({ side: { project }, order: { about } }: Writing): DataRequest[] {
  const release = project?.releases[project.analyses[about]?.release ?? about];
  const ids = release?.requests ?? [project?.deposits[about]?.request ?? ''];
  return ids.flatMap((id) => project?.requests[id] ?? []);
}

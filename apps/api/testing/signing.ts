// Signs as people do: a link minted by the courier, a code where one is asked for, the decision at the portal.
import type { CheckpointKind, Choice } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { Installation, PersonKey, Team } from './installation';

interface Seen {
  id: string;
  kind: CheckpointKind;
  current: { round: number; content: { core: string; cover: string }; status: string };
}

/** The latest checkpoint of a kind, as the API shows it. */
export async function asked(
  { people, programme }: Team,
  stream: string,
  kind: CheckpointKind,
): Promise<Seen> {
  const path = stream === programme ? `/programmes/${stream}` : `/projects/${stream}`;
  const { items } = await people.lead.client.see<{ items: Seen[] }>(`${path}/checkpoints?limit=100`);
  const found = items.findLast((checkpoint) => checkpoint.kind === kind);
  if (!found) throw new Error(`nobody is asked about ${kind}`);
  return found;
}

export async function sign(
  { courier, portal }: Installation,
  team: Team,
  stream: string,
  kind: CheckpointKind,
  people: PersonKey[],
  choice: Choice = 'APPROVED',
): Promise<void> {
  const { id: checkpoint, current } = await asked(team, stream, kind);
  const { round, content } = current;
  for (const key of people) {
    const person = team.people[key].id;
    const { token } = await courier.links.mint({
      stream,
      person,
      purpose: 'SIGN',
      checkpoint,
      round,
      core: content.core,
    });
    const needsCode = ['AGREEMENT', 'LEGAL', 'ETHICAL', 'TRUST', 'BENEFIT'].includes(kind);
    if (needsCode) await portal.links.askCode(token);
    const code = needsCode ? await courier.links.mintCode(stream, person, checkpoint, round) : null;
    const signedAs = commitText(team.people[key].name);
    await portal.ledger.byLink({ token, code, stream }, () => ({
      command: {
        ...{
          type: 'RecordDecision',
          checkpoint,
          round,
          choice,
          ...content,
          conditions: [],
          reason: null,
          dissent: null,
        },
        ...{ signedAs: signedAs.commitment, page: null },
        assurance: needsCode ? 'LINK_CODE' : 'LINK',
      } as const,
      texts: [signedAs],
    }));
  }
}

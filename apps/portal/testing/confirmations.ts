// An approval written down for somebody without e-mail, with its evidence, and the link of the colleague who is asked to confirm it (T15).
import { commitText } from '#libs/ledger';
import { personId } from '#libs/testing';
import type { Name, Setting } from '#libs/testing';

/** The note of a call, registered and shared with the partners. */
export async function noteOfCall(
  setting: Setting,
  title = 'Note of a call',
  said: string | null = null,
): Promise<void> {
  const [called, origin] = [commitText(title), commitText('15')];
  const words = said === null ? null : commitText(said);
  const command = {
    ...({
      type: 'RecordEvidence',
      kind: 'CALL',
      audience: 'PARTNERS',
      meeting: null,
      assessment: null,
    } as const),
    ...{
      title: called.commitment,
      text: words?.commitment ?? null,
      participants: [personId('official')],
      others: 0,
    },
    attribution: { type: 'PERSON' as const, person: personId('official') },
    provenance: {
      origin: origin.commitment,
      dated: new Date(Date.now() - 1000).toISOString(),
      derivedFrom: [],
    },
  };
  await setting.onProject('lead', { command, texts: [called, origin, ...(words ? [words] : [])] });
}

export async function recordedApproval(setting: Setting, by: Name = 'lead'): Promise<void> {
  const { checkpoint, round } = await setting.asked('QUESTION');
  const signedAs = commitText('O. Fficial');
  await setting.byAccount(by, setting.project, {
    command: {
      ...({ type: 'RecordAnswerOf', choice: 'APPROVED', how: 'TELEPHONE', evidence: 'ev1' } as const),
      ...{ checkpoint, round: round.round, person: personId('official'), ...round.content },
      ...{ conditions: [], reason: null, dissent: null, signedAs: signedAs.commitment },
    },
    texts: [signedAs],
  });
}

export async function confirmationLink(setting: Setting, name: Name = 'checker'): Promise<string> {
  const { stream, checkpoint, round } = await setting.asked('QUESTION');
  const about = { stream, checkpoint, round: round.round, core: round.content.core, person: personId(name) };
  return (await setting.processes.courier.links.mint({ ...about, purpose: 'COUNTERSIGN' })).token;
}

export async function confirmationCode(setting: Setting, name: Name = 'checker'): Promise<string> {
  const { stream, checkpoint, round } = await setting.asked('QUESTION');
  return setting.processes.courier.links.mintCountersignCode(stream, personId(name), checkpoint, round.round);
}

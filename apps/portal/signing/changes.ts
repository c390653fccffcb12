// What is different from what a person read or answered before: in an earlier version, or (T3) in the covering text of this one.
import type { Checkpoint, CheckpointKind, Round, SignedContent } from '#libs/domain';
import type { Language } from '#libs/language';
import { differences, readContent, show } from '#libs/web';
import type { Change, NameLookup, Shown } from '#libs/web';
import type { Reading, Side } from '../reading';

export interface Changed {
  /** What the present text is compared with, as a sentence. */
  since: string;
  list: Change[];
}

export interface Earlier {
  /** Of a version the person answered, what they answered on. */
  content: SignedContent;
  openedAt: string;
  isOwn: boolean;
}

/** The version to compare with: the last this person answered about the same thing, or else the last there was. */
export function lastSigned(side: Side, checkpoint: Checkpoint, round: Round, person: string): Earlier | null {
  const { checkpoints } = side.project ?? side.programme;
  const alike = Object.values(checkpoints).filter(
    ({ kind }) => kind === checkpoint.kind && ONE_LINE_OF_VERSIONS[kind],
  );
  const earlier = [...new Set([checkpoint, ...alike])]
    .flatMap(({ rounds }) => rounds)
    .filter((other) => other !== round && other.openedAt <= round.openedAt)
    .sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
  const own = earlier.flatMap(({ openedAt, decisions }) => {
    const answer = decisions.findLast((decision) => decision.person === person);
    return answer ? [{ content: { core: answer.core, cover: answer.cover }, openedAt, isOwn: true }] : [];
  });
  const last = earlier.at(-1);
  return own.at(-1) ?? (last ? { content: last.content, openedAt: last.openedAt, isOwn: false } : null);
}

/** Kinds whose later checkpoints amend what earlier ones settled; a release or result stands for itself. */
const ONE_LINE_OF_VERSIONS: Record<CheckpointKind, boolean> = {
  AGREEMENT: true,
  QUESTION: true,
  LEGAL: true,
  ETHICAL: true,
  TRUST: false,
  BENEFIT: true,
  OUTPUT: false,
  REFLECTION: false,
  REFINEMENT: false,
};

type Signed = Awaited<ReturnType<Reading['signed']>>;

export function changedSince(
  earlier: Earlier,
  before: Signed,
  now: Signed,
  names: NameLookup,
  language: Language,
): Changed {
  const when = language.moment(earlier.openedAt);
  const list = [
    ...differences(before.core, now.core, names, language),
    ...differences(before.cover, now.cover, names, language, [language.t('said.coveringText')]),
  ];
  return { since: language.t(earlier.isOwn ? 'sign.sinceOwn' : 'sign.sinceOther', { when }), list };
}

/** How the covering text differs from the one this person answered on, or else from the one the round began with; null while it does not. */
export async function coverChange(
  reading: Reading,
  side: Side,
  round: Round,
  person: string,
  language: Language,
): Promise<Changed | null> {
  const { t, moment } = language;
  const own = round.decisions.findLast((decision) => decision.person === person);
  const now = round.content.cover;
  const before = own?.cover ?? round.firstCover ?? now;
  if (before === now) return null;
  const since = own
    ? t('sign.coverSinceOwn', { when: moment(own.at) })
    : t('sign.coverSinceFirst', { when: moment(round.openedAt) });
  const [was, is] = await Promise.all([reading.content(before), reading.content(now)]);
  const [earlier, present] = [readContent(was), readContent(is)];
  const names = await reading.names(side, earlier, present);
  const where = t('said.coveringText');
  if (was !== null && is !== null)
    return { since, list: differences(earlier, present, names, language, [where]) };
  const erased: Shown = { as: 'text', text: t('said.coverErased') };
  const shown = (bytes: Buffer | null, value: unknown) =>
    bytes === null ? erased : show(value, names, language);
  return { since, list: [{ where, before: shown(was, earlier), after: shown(is, present) }] };
}

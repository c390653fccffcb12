// Which evidence a sign-off rests on, as far as its signer reads it: named in what is signed, considered with it, or behind an answer in it.
import { mayRead } from '#libs/domain';
import type { Evidence, Round } from '#libs/domain';
import type { Language } from '#libs/language';
import type { Reading, Side } from '../reading';

const EVIDENCE_ID = /^ev[1-9][0-9]{0,8}$/;

/** Every id of evidence that stands anywhere in a value. */
function namedIn(value: unknown): string[] {
  if (typeof value === 'string') return EVIDENCE_ID.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namedIn) : [];
}

const usedWith = ({ considered, cited }: Evidence, id: string): boolean =>
  [...considered, ...cited].some((use) => use.in.id === id);

/** What this person may read of it; the rest looks as if it were not there. */
export function citedEvidence(side: Side, round: Round, person: string, content: unknown[]): Evidence[] {
  const named = new Set([
    ...content.flatMap(namedIn),
    ...round.decisions.flatMap(({ written }) => (written ? [written.evidence] : [])),
  ]);
  return Object.values((side.project ?? side.programme).evidence).filter(
    (item) =>
      (named.has(item.id) || usedWith(item, round.subject.id)) &&
      mayRead(side.programme, item, person, side.now),
  );
}

/** As the page at `address` lists it: what it is, its words, and where its file is. */
export async function evidenceShown(
  reading: Reading,
  address: string,
  cited: Evidence[],
  { t, moment }: Language,
) {
  const wordsOf = ({ versions }: Evidence) => versions.at(-1)?.text ?? null;
  const texts = await reading.texts(
    cited.flatMap((one) => [one.title, wordsOf(one), one.file?.name, one.provenance.origin]),
  );
  const said = (commitment: string | null | undefined) => texts.get(commitment ?? '') ?? null;
  return cited.map((one) => ({
    ...{ id: one.id, title: said(one.title) ?? t('said.erased'), words: said(wordsOf(one)) },
    kind: t(`evidence.${one.kind}`),
    isUnseen: one.unseen != null,
    dated: moment(one.provenance.dated),
    origin: said(one.provenance.origin),
    file: one.file && {
      href: `${address}/evidence/${one.id}`,
      label: t('evidence.download', { name: said(one.file.name) ?? one.id }),
      size: t('deposit.bytes', { count: one.file.bytes }),
      digest: one.file.digest,
    },
  }));
}

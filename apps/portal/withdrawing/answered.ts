// What a person answered on, to be read again, and what has become of its covering text since (T3).
import type { Decision, Round } from '#libs/domain';
import type { Language } from '#libs/language';
import { showContent } from '#libs/web';
import type { Reading, Side } from '../reading';
import { coverChange } from '../signing/changes';

export async function answeredOn(
  reading: Reading,
  side: Side,
  round: Round,
  { person, core, cover }: Decision,
  language: Language,
) {
  const signed = await reading.signed({ core, cover });
  const names = await reading.names(side, signed.core, signed.cover);
  return {
    coverChanged: await coverChange(reading, side, round, person, language),
    signed: showContent(signed, names, language),
  };
}

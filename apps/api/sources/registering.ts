// What is said of a source when it is registered, and the ledger's terms for it, their words apart.
import { MEASURES, PROVENANCES } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, Line, OrganisationId, Word } from '../http/fields';

export const Access = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('REQUESTED') }),
  z.strictObject({ kind: z.literal('COLLECTED') }),
  z.strictObject({
    kind: z.literal('PUBLISHED'),
    address: z.url({ protocol: /^https?$/, error: 'an http or https address' }).max(2000),
    licence: Line,
    version: Line,
    disclosureControl: FreeText.describe('What the publisher did against disclosure.'),
  }),
]);
export const Source = z.strictObject({
  name: Word.describe('As boundaries and requests name it.'),
  holder: OrganisationId.nullable().default(null).describe('If it is an organisation of the programme.'),
  heldBy: FreeText.nullable().default(null).describe('Otherwise: who holds it, in words.'),
  collectedFor: FreeText,
  missing: FreeText.describe('Who is not in it.'),
  measure: z.enum(MEASURES).describe('FLOW: everybody who came. STOCK: whoever is there now.'),
  provenance: z.enum(PROVENANCES),
  access: Access,
});
export type Source = z.infer<typeof Source>;

/** The terms with their words committed, as the ledger keeps them. */
export function termsOf({ heldBy, collectedFor, missing, access, ...rest }: Source) {
  const [purpose, absent] = [commitText(collectedFor), commitText(missing)];
  const outsider = heldBy === null ? null : commitText(heldBy);
  const control = access.kind === 'PUBLISHED' ? commitText(access.disclosureControl) : null;
  return {
    terms: {
      ...rest,
      heldBy: outsider?.commitment ?? null,
      collectedFor: purpose.commitment,
      missing: absent.commitment,
      access:
        access.kind === 'PUBLISHED' && control
          ? { ...access, disclosureControl: control.commitment }
          : { kind: access.kind as 'REQUESTED' | 'COLLECTED' },
    },
    texts: [purpose, absent, outsider, control].filter((text) => text !== null),
  };
}

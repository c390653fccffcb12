// A person's identifiers as they are compared: standardised, and empty where they say nothing.

/** The identifiers a holder may send to the linker; `key` is a random row key, and there is no payload. */
export const IDENTIFIERS = ['nhs', 'forename', 'surname', 'birth', 'sex', 'postcode'] as const;
export type Identifier = (typeof IDENTIFIERS)[number];

export interface Person extends Readonly<Record<Identifier, string>> {
  readonly key: string;
}

/** The row as it is compared. Names without accents, signs or case; NHS numbers only where their check digit fits. */
export function standardised(key: string, raw: Readonly<Partial<Record<Identifier, string>>>): Person {
  const name = (value = '') =>
    value
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toUpperCase()
      .replace(/[^A-Z]/g, '');
  const digits = (raw.nhs ?? '').replace(/\D/g, '');
  return {
    key,
    nhs: isNhsNumber(digits) ? digits : '',
    forename: name(raw.forename),
    surname: name(raw.surname),
    birth: /^\d{4}-\d{2}-\d{2}$/.test((raw.birth ?? '').trim()) ? (raw.birth ?? '').trim() : '',
    sex: (raw.sex ?? '').trim().toUpperCase().slice(0, 1),
    postcode: (raw.postcode ?? '').toUpperCase().replace(/[^A-Z0-9]/g, ''),
  };
}

/** Ten digits whose weighted sum gives the last one (NHS Data Dictionary, modulus 11). */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits) || /^0+$/.test(digits)) return false;
  const sum = [...digits.slice(0, 9)].reduce(
    (total, digit, index) => total + Number(digit) * (10 - index),
    0,
  );
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}

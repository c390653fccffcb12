// Who a patient is, as an index of patients has it, and as they write it themselves on a form: with slips, and after they moved.
import type { Draw, Row } from './source';

const FORENAMES =
  'Aisha Alan Amina Andrew Anna Brian Carol Chen Claire David Diana Edward Elena Frank George Grace Hannah Harold Ines Irene Ivan James Joan Karim Kofi Laura Leo Margaret Maria Mei Nadia Omar Owen Patricia Paul Priya Rosa Samuel Sheila Yusuf'.split(
    ' ',
  );
const SURNAMES =
  'Abbott Adeyemi Bailey Barnes Bennett Carter Chapman Clarke Cooper Costa Davies Dixon Edwards Ellis Evans Fletcher Foster Gibson Graham Griffin Hughes Hussain Ingram Jenkins Kaur Khan Knight Lawson Lindqvist Marsh Mehta Mensah Morgan Norris Okafor Okoro Oliveira Palmer Patel Pearce Price Quinn Rahman Reid Roberts Shah Simmons Tanaka Thomas Turner Walker Watson Webb Whelan Woods Wright'.split(
    ' ',
  );
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
const HOUSES = 9;

export interface Identity {
  /** Empty where the number the patient would have is none: one in eleven. */
  readonly nhs: string;
  readonly forename: string;
  readonly surname: string;
  readonly birth: string;
  readonly postcode: string;
}

/** `born` are the first and the last year of birth. The number is of the range kept for tests, with its check digit. */
export function identityOf(draw: Draw, at: number, [from, to]: readonly [number, number]): Identity {
  const two = (value: number) => String(value).padStart(2, '0');
  const birth = `${draw.whole(from, to)}-${two(draw.whole(1, 12))}-${two(draw.whole(1, 28))}`;
  const forename = named(draw, FORENAMES);
  // Two surnames in one are common enough, and tell people apart who share the rest.
  const surname = draw.isSo(0.25)
    ? `${named(draw, SURNAMES)}-${named(draw, SURNAMES)}`
    : named(draw, SURNAMES);
  return { nhs: nhsNumber(at), forename, surname, birth, postcode: postcodeOf(draw) };
}

const named = (draw: Draw, from: readonly string[]): string => from[draw.whole(0, from.length - 1)]!;

const postcodeOf = (draw: Draw): string =>
  `XQ${draw.whole(1, 20)} ${draw.whole(1, HOUSES)}${letter(draw)}${letter(draw)}`;
const letter = (draw: Draw): string => LETTERS[draw.whole(0, LETTERS.length - 1)]!;

/** 999, six digits and the check digit (NHS Data Dictionary, modulus 11). */
function nhsNumber(at: number): string {
  const nine = `999${String(at).padStart(6, '0')}`;
  const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? '' : `${nine}${check}`;
}

/** Forename, surname, birth and postcode as somebody writes them on a form. */
export function written(draw: Draw, { forename, surname, birth, postcode }: Identity): Row {
  return [
    draw.isSo(0.05) ? `${forename.slice(0, 1)}.` : forename,
    draw.isSo(0.04) ? exchanged(surname) : surname,
    draw.isSo(0.02) ? `${birth.slice(0, -2)}15` : birth,
    draw.isSo(0.08) ? postcodeOf(draw) : postcode,
  ];
}

/** Two letters exchanged, as whoever types does it. */
const exchanged = (word: string): string => `${word[0]}${word[2]}${word[1]}${word.slice(3)}`;

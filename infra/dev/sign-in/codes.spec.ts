// A mailed code proves an address once, within its time and its tries.
import { MailedCodes } from './codes';

const ADDRESS = 'ana@council.example';

it('proves the address once', () => {
  const codes = new MailedCodes();
  const code = codes.mint('one', ADDRESS) ?? '';
  expect(code).toMatch(/^\d{8}$/);
  expect(codes.prove('one', ` ${code} `)).toEqual({ proved: ADDRESS });
  expect(codes.prove('one', code)).toEqual({ proved: null, again: false });
});

it('proves nothing for another sign-in, too late, or after five wrong tries', () => {
  const codes = new MailedCodes();
  const code = codes.mint('one', ADDRESS, 0) ?? '';
  expect(codes.prove('two', code, 0)).toEqual({ proved: null, again: false });
  expect(codes.prove('one', code, 600_001)).toEqual({ proved: null, again: false });
  const wrong = code === '00000000' ? '00000001' : '00000000';
  const tries = [1, 2, 3, 4, 5].map(() => codes.prove('one', wrong, 0));
  expect(tries.map((each) => 'again' in each && each.again)).toEqual([true, true, true, true, false]);
  expect(codes.prove('one', code, 0)).toEqual({ proved: null, again: false });
});

it('mails three codes for one sign-in, and no more', () => {
  const codes = new MailedCodes();
  const minted = [1, 2, 3, 4].map(() => codes.mint('one', ADDRESS));
  expect(minted.map((code) => code === null)).toEqual([false, false, false, true]);
});

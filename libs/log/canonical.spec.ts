// The canonical form against the examples of RFC 8785.
import fc from 'fast-check';
import { canonicalText, isCanonical } from './canonical';

describe('canonical text', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalText(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders members by UTF-16 code units (section 3.2.3)', () => {
    const value = { '€': 1, '\r': 2, '\ufb33': 3, 1: 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect([...canonicalText(value).matchAll(/:(\d)/g)].map((match) => match[1]).join('')).toBe('2467153');
  });

  it('refuses what JSON or UTF-8 cannot carry', () => {
    for (const value of [NaN, Infinity, '\ud800', undefined, 1n])
      expect(() => canonicalText(value)).toThrow(TypeError);
  });
});

it('is recognised as fast as it is parsed, exactly where it is the canonical text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalText(value);
      expect(isCanonical(text, JSON.parse(text))).toBe(true);
      const other = JSON.stringify(value, null, 1);
      expect(isCanonical(other, JSON.parse(other))).toBe(other === text);
    }),
  );
  for (const text of [
    '{"b":1,"a":2}',
    '{"a":{"d":1,"c":2}}',
    '[{"b":1,"a":2}]',
    '"\\ud800"',
    '{"a":1,"a":1}',
    '1.0',
    '"\\u0061"',
    '{"10":1,"9":2,"a":{"b":1}}',
  ])
    expect([text, isCanonical(text, JSON.parse(text))]).toEqual([
      text,
      text === '{"10":1,"9":2,"a":{"b":1}}',
    ]);
});

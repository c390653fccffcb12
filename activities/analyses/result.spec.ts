// What of an output check is told to the ledger: rules and tables without numbers, each once.
import type { Finding } from '#libs/statistics';
import { PACKAGES } from '#libs/statistics';
import { computingCode } from '#libs/vault/results';
import { computedBy, findingsToDecide, resultFiles } from './result';

const finding = (over: Partial<Finding>): Finding => ({
  ...{ rule: 'frequency', table: 'by_group', verdict: 'fail', message: 'm' },
  ...over,
});
const FINDINGS: Finding[] = [
  finding({ verdict: 'pass', table: 'all' }),
  finding({ cell: { group: 'a' }, people: 3 }),
  finding({ cell: { group: 'b' }, people: 4 }),
  finding({ verdict: 'review' }),
  finding({ rule: 'differencing', verdict: 'review' }),
];

describe('findings of an output check', () => {
  it('T12: stand in the ledger once per rule, table and verdict, without a cell, a count or a word', () => {
    expect(findingsToDecide(FINDINGS)).toEqual([
      { id: 'f1', rule: 'frequency', table: 'by_group', verdict: 'fail' },
      { id: 'f2', rule: 'frequency', table: 'by_group', verdict: 'review' },
      { id: 'f3', rule: 'differencing', table: 'by_group', verdict: 'review' },
    ]);
  });

  it('DOMAIN § 5: the checker’s file says of each finding by which id it is decided', () => {
    const result = { ...{ format: 1, method: 'descriptive', version: '1', params: {} } };
    const made = { result: { ...result, tables: [], plots: [], findings: [] }, findings: FINDINGS };
    const files = resultFiles(
      { ...made, diagnostics: {}, shown: [] } as unknown as Parameters<typeof resultFiles>[0],
      findingsToDecide(FINDINGS),
    );
    const told = JSON.parse(String(files.find(({ name }) => name === 'findings.json')?.bytes)) as {
      id?: string;
    }[];
    expect(told.map(({ id }) => id ?? null)).toEqual([null, 'f1', 'f1', 'f2', 'f3']);
  });
});

it('the code that computed it is told by the method’s version and the digest of all methods', () => {
  const { digest } = computingCode(require.resolve('#libs/statistics'), PACKAGES);
  const result = { version: '1.2.3' } as Parameters<typeof computedBy>[0]['result'];
  expect(computedBy({ result })).toEqual({ version: '1.2.3', digest });
});

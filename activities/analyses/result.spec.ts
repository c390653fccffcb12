// What of an output check is told to the ledger: rules and tables without numbers, each once.
import type { Finding } from '#libs/statistics';
import { PACKAGES } from '#libs/statistics';
import { computingCode } from '#libs/vault/results';
import { SignedResult } from '#libs/verify';
import { analysed, permitted } from '../../libs/testing/story';
import { computedBy, findingsToDecide, resultContent, resultFiles } from './result';

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

it('what its checker signs names the code where the verifier looks for it', () => {
  const { world, project } = analysed(permitted());
  const [analysis, release] = [Object.values(project.analyses)[0]!, project.releases['rel1']!];
  const code = { version: '1.2.3', digest: 'c'.repeat(64) };
  const result = { files: [], findings: [], code } as unknown as Parameters<typeof resultContent>[1];
  const input = { sha256: 'd'.repeat(64), engine: {} } as Parameters<typeof resultContent>[2];
  const run = { at: { project: project.id }, world, analysis, release };
  const { contents } = resultContent(run, result, input, {}, new Map());
  expect(SignedResult.parse(JSON.parse(String(contents[0]?.bytes))).code).toEqual({ digest: code.digest });
});

// Puts what the check of a file found into a person's words: column and rows, what is wrong, what to do; never a value.
import type { DataSpec } from '#libs/domain';
import type { Language } from '#libs/language';
import { DepositReport } from '#libs/vault/deposit';
import type { DepositFinding } from '#libs/vault/deposit';
import { fieldTerms } from './grant';

/** As it is recorded: with a salt, and of a file that could not be opened with little else. */
const Recorded = DepositReport.partial().strip();

export interface ShownFinding {
  column: string | null;
  rows: string | null;
  text: string;
  /** What the grant says of the column, where it says something. */
  granted: string | null;
  isNote: boolean;
}

/** The report as a page shows it; null where it was erased, or written by other software. */
export function shownReport(bytes: Buffer | null, spec: DataSpec, language: Language) {
  const report = bytes === null ? null : Recorded.safeParse(JSON.parse(bytes.toString('utf8')));
  if (!report?.success) return null;
  const { findings = [], rows = 0, columns = [] } = report.data;
  return {
    rows: language.t('deposit.rowsRead', { count: rows }),
    columns: language.t('deposit.columnsRead', { count: columns.length }),
    findings: findings.map((finding) => shownFinding(finding, spec, language)),
  };
}

function shownFinding(finding: DepositFinding, spec: DataSpec, language: Language): ShownFinding {
  const { code, column = null, severity } = finding;
  const field = spec.fields.find(({ name }) => name === column);
  const granted = field && language.list(fieldTerms(field, language));
  return {
    ...{ column, rows: rowsIn(finding, language), text: language.t(`finding.${code}`) },
    ...{ granted: granted || null, isNote: severity === 'note' },
  };
}

function rowsIn({ rows, count }: DepositFinding, { t }: Language): string | null {
  if (rows.length === 0) return null;
  const listed = rows.join(', ');
  const more = count - rows.length;
  return more > 0
    ? t('deposit.rowsAndMore', { listed, more })
    : t('deposit.rows', { listed, count: rows.length });
}

// Tells whoever watches this installation what closed gates: a mail to each, tried until the server took it, once for each reason.
import type { DataSource } from 'typeorm';
import type { Language } from '#libs/language';
import type { Closure } from '#libs/ledger';
import type { MailTransport } from '#libs/mail';

export interface AlertingParts {
  dataSource: DataSource;
  transport: MailTransport;
  from: string;
  /** Addresses of the operator's own people; alerts name streams and positions, never a person of a project. */
  to: readonly string[];
  language: Language;
}

type Untold = Omit<Closure, 'at'> & { at: Date };

export class Alerting {
  constructor(private readonly parts: AlertingParts) {}

  /** A mail that is not taken fails the pass, and the next one tries it again. */
  readonly pass = async (): Promise<boolean> => {
    const { dataSource, to } = this.parts;
    if (to.length === 0) return false;
    const untold = await dataSource.query<Untold[]>('select * from parley.log_untold()');
    for (const closure of untold) {
      await this.tell(closure);
      await dataSource.query('select parley.log_told($1, $2, $3)', [
        closure.scope,
        closure.kind,
        closure.reason,
      ]);
    }
    return false;
  };

  private async tell({ scope, kind, reason, at }: Untold): Promise<void> {
    const { transport, from, to, language } = this.parts;
    const { t, moment } = language;
    await transport.send({
      ...{ from, to: [...to], subject: t('alert.subject', { scope }) },
      headers: { 'Auto-Submitted': 'auto-generated' },
      text: [
        t(scope === '*' ? 'alert.everything' : 'alert.stream', { scope }),
        t(`alert.kind.${kind}`),
        t('alert.reason', { reason }),
        t('alert.since', { at: moment(at.toISOString()) }),
        t(`alert.remedy.${kind}`),
      ].join('\n\n'),
    });
  }
}

// What a witness that could not cosign leaves to whoever keeps it: the two signed heads as a file that others can check, and a mail.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256Hex } from '#libs/log';
import type { Alarm } from '#libs/log';
import { Languages } from '#libs/language';
import { openTransport } from '#libs/mail';

/** Hands an alarm on to a person. */
export type Tell = (alarm: Alarm, file: string) => Promise<void>;

/** Writes both notes below `dir`. Null where these two were kept before: whoever asks again and again tells nothing new. */
export async function keepAlarm(dir: string, { kind, seen, shown }: Alarm): Promise<string | null> {
  const alarms = path.join(dir, 'alarms');
  await mkdir(alarms, { recursive: true, mode: 0o700 });
  const which = sha256Hex(`${seen.note}${shown.note}`).slice(0, 16);
  const file = path.join(alarms, `${kind.toLowerCase()}-${seen.size}-${shown.size}-${which}.txt`);
  try {
    await writeFile(file, `${seen.note}\n${shown.note}`, { flag: 'wx', mode: 0o600, flush: true });
    return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
}

/** On the terminal, and by mail to `to` where an SMTP server is named. */
export function tellKeeper({ smtpUrl, from, to }: { smtpUrl: string; from: string; to: string[] }): Tell {
  const { t } = new Languages().first;
  return async (alarm, file) => {
    const { seen, shown } = alarm;
    const text = [
      t(`witness.${alarm.kind}`, { origin: seen.origin, seen: `${seen.size}`, shown: `${shown.size}` }),
      t('witness.kept', { file }),
      t('witness.remedy'),
    ].join('\n\n');
    console.error(text);
    if (to.length === 0) return;
    const transport = openTransport(smtpUrl);
    try {
      const subject = t('witness.subject', { origin: seen.origin });
      await transport.send({ from, to, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } });
    } finally {
      transport.close();
    }
  };
}

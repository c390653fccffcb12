// Reads a delivery status notification (RFC 3464): whether a mail was refused for good, and with which status.
import { simpleParser } from 'mailparser';
import type { Readable } from 'node:stream';

/** The status of a permanent failure, such as 5.1.1 (RFC 3463); null where the report says anything else, or is none. */
export async function permanentFailure(mail: Buffer | Readable): Promise<string | null> {
  const parsed = await simpleParser(mail, { keepDeliveryStatus: true, skipTextToHtml: true });
  const report = parsed.attachments.find(({ contentType }) => contentType === 'message/delivery-status');
  return report ? failureIn(report.content.toString('latin1')) : null;
}

/**
 * Of the groups of fields, the first is about the message and each other about a recipient. Only "failed" counts: what is
 * delayed, relayed or expanded may still arrive.
 */
export function failureIn(report: string): string | null {
  const [, ...recipients] = report
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .filter((group) => group.trim() !== '')
    .map(fieldsOf);
  for (const fields of recipients) {
    const status = /^(5)\.(\d{1,3})\.(\d{1,3})\b/.exec(fields.get('status') ?? '')?.[0];
    if (fields.get('action')?.toLowerCase().startsWith('failed') && status !== undefined) return status;
  }
  return null;
}

/** Fields by name in lower case, with folded lines joined (RFC 5322). */
function fieldsOf(group: string): Map<string, string> {
  const lines = group.replace(/\n[ \t]+/g, ' ').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
}

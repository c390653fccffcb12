// Every mail there is, written with example facts by the templates that write the real ones: to be looked at while they change.
import { MAIL_PURPOSES } from '#libs/domain';
import type { MailPurpose } from '#libs/domain';
import { Languages } from '#libs/language';
import { EXAMPLE_FACTS, renderMail } from '#libs/mail';
import type { MailpitMessage } from './mailpit';

export interface Preview {
  readonly purpose: MailPurpose;
  readonly subject: string;
}

const languages = new Languages();

export const previews = (): Preview[] =>
  MAIL_PURPOSES.map((purpose) => ({
    purpose,
    subject: renderMail(purpose, EXAMPLE_FACTS, languages.first).subject,
  }));

/** The mail of one purpose as the inbox shows mails; undefined for a purpose there is not. */
export function previewOf(name: string): MailpitMessage | undefined {
  const purpose = MAIL_PURPOSES.find((each) => each === name);
  if (purpose === undefined) return undefined;
  const { subject, text, html, attachments = [] } = renderMail(purpose, EXAMPLE_FACTS, languages.first);
  const nobody = { MessageID: '', Cc: [], Bcc: [], ReplyTo: [], Tags: [], Inline: [] };
  return {
    ...{ ...nobody, ID: purpose, Subject: subject, Text: text, HTML: html, Size: html.length },
    From: { Name: 'Parley', Address: 'parley@parley.example' },
    To: [{ Name: EXAMPLE_FACTS.addressee, Address: 'ana@parley.example' }],
    Date: EXAMPLE_FACTS.recordedAt,
    Attachments: attachments.map(({ filename, contentType, content }, index) => ({
      ...{ PartID: String(index + 1), FileName: filename, ContentType: contentType, ContentID: '' },
      Size: content.length,
    })),
  };
}

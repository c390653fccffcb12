// The JSON of Mailpit's REST API, version 1, so that Mailpit itself can take the inbox's place.
import type { AddressObject, Attachment, EmailAddress } from 'mailparser';
import type { MailStore, StoredMail } from './store';

export interface MailpitAddress {
  readonly Name: string;
  readonly Address: string;
}

/** What `GET /api/v1/messages` says of each mail. */
export interface MailpitSummary {
  readonly ID: string;
  readonly MessageID: string;
  readonly Read: boolean;
  readonly From: MailpitAddress | null;
  readonly To: readonly MailpitAddress[];
  readonly Cc: readonly MailpitAddress[];
  readonly Bcc: readonly MailpitAddress[];
  readonly ReplyTo: readonly MailpitAddress[];
  readonly Subject: string;
  /** When the mail arrived. */
  readonly Created: string;
  readonly Tags: readonly string[];
  readonly Size: number;
  readonly Attachments: number;
  readonly Snippet: string;
}

/** What `GET /api/v1/message/{ID}` says. */
export interface MailpitMessage extends Omit<MailpitSummary, 'Read' | 'Created' | 'Attachments' | 'Snippet'> {
  readonly Date: string;
  readonly Text: string;
  readonly HTML: string;
  readonly Inline: readonly MailpitAttachment[];
  readonly Attachments: readonly MailpitAttachment[];
}

export interface MailpitAttachment {
  readonly PartID: string;
  readonly FileName: string;
  readonly ContentType: string;
  readonly ContentID: string;
  readonly Size: number;
}

const SNIPPET_CHARACTERS = 250;

/** One page of the list, newest first, with the totals. */
export async function messageList(store: MailStore, start: number, limit: number) {
  const mails = await store.list(start, limit);
  return {
    total: store.total,
    unread: store.unread,
    count: mails.length,
    messages_count: store.total,
    messages_unread: store.unread,
    start,
    tags: [] as string[],
    messages: mails.map((mail) => summaryOf(mail, store.isRead(mail.id))),
  };
}

export function summaryOf(stored: StoredMail, isRead: boolean): MailpitSummary {
  const text = stored.mail.text ?? '';
  return {
    ...headersOf(stored),
    Read: isRead,
    Created: stored.receivedAt.toISOString(),
    Attachments: stored.mail.attachments.length,
    Snippet: text.replace(/\s+/g, ' ').trim().slice(0, SNIPPET_CHARACTERS),
  };
}

export function messageOf(stored: StoredMail): MailpitMessage {
  const parts = stored.mail.attachments.map((attachment, index) => ({
    isInline: attachment.related,
    described: describeAttachment(attachment, index),
  }));
  return {
    ...headersOf(stored),
    Date: (stored.mail.date ?? stored.receivedAt).toISOString(),
    Text: stored.mail.text ?? '',
    HTML: stored.mail.html || '',
    Inline: parts.filter((part) => part.isInline).map((part) => part.described),
    Attachments: parts.filter((part) => !part.isInline).map((part) => part.described),
  };
}

function headersOf({ id, mail, size }: StoredMail) {
  return {
    ID: id,
    // Without the angle brackets, as Mailpit gives it.
    MessageID: (mail.messageId ?? '').replace(/^<|>$/g, ''),
    From: addressesOf(mail.from)[0] ?? null,
    To: addressesOf(mail.to),
    Cc: addressesOf(mail.cc),
    Bcc: addressesOf(mail.bcc),
    ReplyTo: addressesOf(mail.replyTo),
    Subject: mail.subject ?? '',
    Tags: [] as string[],
    Size: size,
  };
}

function addressesOf(header: AddressObject | AddressObject[] | undefined): MailpitAddress[] {
  const objects = header === undefined ? [] : [header].flat();
  return objects.flatMap((object) => object.value.flatMap(expandGroup));
}

function expandGroup(entry: EmailAddress): MailpitAddress[] {
  if (entry.group) return entry.group.flatMap(expandGroup);
  return [{ Name: entry.name, Address: entry.address ?? '' }];
}

function describeAttachment(attachment: Attachment, index: number): MailpitAttachment {
  return {
    PartID: String(index + 1),
    FileName: attachment.filename ?? '',
    ContentType: attachment.contentType,
    ContentID: (attachment.contentId ?? '').replace(/^<|>$/g, ''),
    Size: attachment.size,
  };
}

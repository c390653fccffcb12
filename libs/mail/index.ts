// Mails: what they may say, how they are written, put into an envelope and handed over.
export { EXAMPLE_FACTS } from './examples';
export { NEEDED } from './facts';
export type { MailAttachment, MailFacts } from './facts';
export type { CalendarFacts } from './calendar';
export { renderMail } from './render';
export { oneLine } from './text';
export type { RenderedMail } from './render';
export { compose, messageId, UnusableAddress } from './message';
export type { Envelope, Subject } from './message';
export { isPermanent, openTransport, refusedRecipient } from './transport';
export type { Dkim, MailTransport } from './transport';

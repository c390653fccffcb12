// Writes a mail: subject, text and HTML from one template, with every value made harmless first.
import path from 'node:path';
import type { MailPurpose } from '#libs/domain';
import type { Language } from '#libs/language';
import { speaking } from '#libs/web';
import type { CalendarFacts } from './calendar';
import { NEEDED } from './facts';
import type { MailAttachment, MailFacts } from './facts';
import { oneLine } from './text';

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
  /** The calendar entry that goes along. */
  calendar?: CalendarFacts;
  attachments?: MailAttachment[];
}

const WIDTH = 72;
const LONGEST_SUBJECT = 120;
const DATES = new Set<keyof MailFacts>([
  'deadline',
  'linkExpires',
  'recordedAt',
  'effectiveAt',
  'startsAt',
  'until',
]);

const folder = path.join(__dirname, 'templates');
const environments = {
  text: speaking({ folder, autoescape: false, filters: { fold } }),
  html: speaking({ folder, autoescape: true }),
};

/**
 * Renders the mail of one purpose in a language.
 * @throws when a fact the purpose needs is missing, naming it.
 */
export function renderMail(purpose: MailPurpose, facts: MailFacts, language: Language): RenderedMail {
  const missing = NEEDED[purpose].filter((fact) => facts[fact] === undefined || facts[fact] === '');
  if (missing.length > 0) {
    throw new Error(`A mail of purpose ${purpose} needs ${missing.join(', ')}; give it in the facts.`);
  }
  const subject = subjectOf(purpose, facts, language);
  const context = { ...harmless(facts, language), subject };
  const template = `${purpose.toLowerCase().replaceAll('_', '-')}.njk`;
  const render = (format: 'text' | 'html') =>
    environments[format](language).render(template, { ...context, format });
  const mail = { subject, text: tidy(render('text')), html: render('html').trim() };
  return {
    ...mail,
    ...(facts.calendar ? { calendar: facts.calendar } : {}),
    ...(facts.attachments === undefined ? {} : { attachments: facts.attachments }),
  };
}

function subjectOf(purpose: MailPurpose, facts: MailFacts, { t }: Language): string {
  const about = facts.project === undefined ? '' : ` [${oneLine(facts.project).slice(0, 70)}]`;
  const code = facts.contentCode === undefined ? '' : ` (${oneLine(facts.contentCode)})`;
  return `${t(`mail.subject.${purpose}`)}${code}${about}`.slice(0, LONGEST_SUBJECT);
}

/** One line each: a title with a line break must not look like a paragraph or a header of ours. */
function harmless(
  { attachments: _asTheyAre, ...facts }: MailFacts,
  language: Language,
): Record<string, unknown> {
  const clean = Object.entries(facts).map(([name, value]) => {
    if (Array.isArray(value)) return [name, (value as string[][]).map((item) => item.map(oneLine))] as const;
    if (typeof value !== 'string') return [name, value] as const;
    if (DATES.has(name as keyof MailFacts)) return [name, language.moment(value)] as const;
    return [name, oneLine(value)] as const;
  });
  return Object.fromEntries<unknown>(clean);
}

/** Breaks a paragraph at 72 characters; an address is never broken. */
function fold(value: unknown): string {
  const lines: string[] = [];
  let line = '';
  for (const word of String(value).trim().split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}

function tidy(text: string): string {
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}

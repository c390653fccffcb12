// Writes a mail: subject, text and HTML from one template, with every value made harmless first.
import path from 'node:path';
import nunjucks from 'nunjucks';
import type { MailPurpose } from '#libs/domain';
import { inFullWords } from '#libs/web';
import type { CalendarFacts } from './calendar';
import { NEEDED, SUBJECT } from './facts';
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
const DATES = new Set<keyof MailFacts>(['deadline', 'linkExpires', 'recordedAt', 'effectiveAt', 'startsAt']);

// A loader each: nunjucks keeps compiled templates in the loader, with the first environment's escaping.
const environmentOf = (autoescape: boolean) =>
  new nunjucks.Environment(new nunjucks.FileSystemLoader(path.join(__dirname, 'templates')), {
    autoescape,
    trimBlocks: true,
    lstripBlocks: true,
  });
const environments = { text: environmentOf(false), html: environmentOf(true) };
environments.text.addFilter('fold', fold);

/**
 * Renders the mail of one purpose.
 * @throws when a fact the purpose needs is missing, naming it.
 */
export function renderMail(purpose: MailPurpose, facts: MailFacts): RenderedMail {
  const missing = NEEDED[purpose].filter((fact) => facts[fact] === undefined || facts[fact] === '');
  if (missing.length > 0) {
    throw new Error(`A mail of purpose ${purpose} needs ${missing.join(', ')}; give it in the facts.`);
  }
  const subject = subjectOf(purpose, facts);
  const context = { ...harmless(facts), subject };
  const template = `${purpose.toLowerCase().replaceAll('_', '-')}.njk`;
  const render = (format: 'text' | 'html') => environments[format].render(template, { ...context, format });
  const mail = { subject, text: tidy(render('text')), html: render('html').trim() };
  return {
    ...mail,
    ...(facts.calendar ? { calendar: facts.calendar } : {}),
    ...(facts.attachments === undefined ? {} : { attachments: facts.attachments }),
  };
}

function subjectOf(purpose: MailPurpose, facts: MailFacts): string {
  const about = facts.project === undefined ? '' : ` [${oneLine(facts.project).slice(0, 70)}]`;
  const code = facts.contentCode === undefined ? '' : ` (${oneLine(facts.contentCode)})`;
  return `${SUBJECT[purpose]}${code}${about}`.slice(0, LONGEST_SUBJECT);
}

/** One line each: a title with a line break must not look like a paragraph or a header of ours. */
function harmless({ attachments: _asTheyAre, ...facts }: MailFacts): Record<string, unknown> {
  const clean = Object.entries(facts).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value] as const;
    if (DATES.has(name as keyof MailFacts)) return [name, inFullWords(value)] as const;
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

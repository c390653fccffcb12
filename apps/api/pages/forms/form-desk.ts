// A form shown, sent, and shown again with what was wrong and everything that was typed, whatever it is about.
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import type { World } from '#libs/domain';
import type { Language, Say } from '#libs/language';
import { party, said } from '../../http/said';
import type { Said } from '../../http/said';
import { Words } from '../../http/words';
import { programmeOf, worldOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import type { Done } from '../../ledger/done';
import { problemOf } from '../../problems/mapping';
import { sentence } from '../problem-page';
import { Showing } from '../showing';
import { Misfit } from './terms';
import type { FormField, MisfitIssue, Piece, Prefill } from './terms';

/** A form for one person, about one thing, as things stand. */
export interface Asked {
  title: string;
  about: string;
  fields: FormField[];
  /** Above the fields, piece by piece. */
  pieces?: Piece[];
  /** What stands in the fields at first. */
  values?: Prefill;
  /** Whose it is, and the version of the stream that was seen; the project's where nothing is said. */
  of?: { caption: Said | null; version: number };
  /** Goes along unseen. */
  hidden?: Record<string, string>;
  /** Asked before the form itself: nothing is recorded yet, so the browser only comes back with the answer. */
  isFirst?: boolean;
  /** Where it is sent to, and where the browser goes once it is recorded. */
  action: string;
  done: string | ((done: Done) => string);
  back: { href: string; text: string };
  send: (call: Call, fields: Fields) => Promise<Done> | Done;
  /** How the refusal of a rule is said. Then every word of the form is the catalogue’s; of other forms only the frame is. */
  refusal?: (rule: string) => string;
}

interface FormError {
  text: string;
  href?: string;
  field?: string;
}

const OPAQUE = /\b(?:per|org)_[a-z2-7]{16}\b/g;

@Injectable()
export class FormDesk {
  constructor(
    private readonly showing: Showing,
    private readonly words: Words,
  ) {}

  /** `misfit`: what is missing of a choice that was sent back empty. */
  show(call: Call, asked: Asked, misfit?: Misfit): Promise<string> {
    const errors = misfit ? errorsOf(misfit, asked, {}, this.showing.language).errors : [];
    return this.page(call, asked, asked.values ?? {}, errors);
  }

  /** After a command the browser is sent on, so that loading the page again sends nothing again. */
  async take(call: Call, asked: Asked, request: Request, response: Response): Promise<void> {
    const values = fieldsOf(request);
    let done: Done;
    try {
      // A second click, or a page left open while others acted, is told so instead of being recorded twice.
      done = await asked.send({ ...call, expected: Number(values.version) || 0 }, values);
    } catch (thrown) {
      const { status, errors } = errorsOf(thrown, asked, values, this.showing.language);
      const page = await this.page(call, asked, values, await this.named(call, errors));
      response.status(status).type('html').send(page);
      return;
    }
    response.redirect(303, typeof asked.done === 'string' ? asked.done : asked.done(done));
  }

  /** Rules speak of people and organisations by id; whoever reads a page knows them by name. */
  private async named(call: Call, errors: FormError[]): Promise<FormError[]> {
    const ids = new Set(errors.flatMap(({ text }) => text.match(OPAQUE) ?? []));
    const programme = programmeOf(call);
    const parties = await this.words.of([...ids].map((id) => party(programme, id)));
    const names = new Map(parties.map(({ id, name }) => [id, name as unknown as string | null]));
    return errors.map((error) => ({
      ...error,
      text: error.text.replace(OPAQUE, (id) => names.get(id) ?? id),
    }));
  }

  private page(call: Call, asked: Asked, values: Prefill, errors: FormError[]): Promise<string> {
    const { title, about, action, back, isFirst = false, hidden = {}, pieces = [] } = asked;
    const { caption, version } = asked.of ?? ofProject(call);
    // Where a form is about no project, none of its fields asks about one.
    const fields = asked.fields.map((field) => ({
      ...{ name: field.name, label: field.label, hint: field.hint ?? '', kind: field.kind },
      ...{ optional: field.optional === true, options: field.options?.(call.world as World, call) ?? [] },
      error: errors.find((error) => error.field === field.name)?.text ?? '',
    }));
    return this.showing.page(call, 'form', {
      ...{ title, about, pieces, project: caption, fields, values, errors, back },
      isSpoken: asked.refusal !== undefined,
      ...{ isFirst, hidden, action, csrf: this.showing.proof(call, action), version },
    });
  }
}

const ofProject = (call: Call) => {
  const { project } = worldOf(call);
  return { caption: said(project.title), version: project.version };
};

/** What the schema says of a field beside that field, in the order of the fields; what a rule says, with its remedy, above them all. */
function errorsOf(
  thrown: unknown,
  { fields, refusal }: Pick<Asked, 'fields' | 'refusal'>,
  values: Fields,
  { t }: Language,
): { status: number; errors: FormError[] } {
  if (thrown instanceof Misfit) {
    const placed = thrown.issues.map((issue) => ({ issue, field: fieldOf(issue, fields) }));
    const at = (field?: FormField) => (field === undefined ? -1 : fields.indexOf(field));
    const errors = placed
      .sort((a, b) => at(a.field) - at(b.field))
      .map(({ issue, field }) => {
        if (field === undefined) return { text: sentence(`${issue.path}: ${issue.message}`) };
        const text = isEmpty(field, values)
          ? needed(field, t)
          : misfit(field, issue, refusal !== undefined, t);
        return { text, field: field.name, href: `#${field.name}` };
      });
    return { status: 422, errors };
  }
  const { status, rule, detail, remedy, missing = [] } = problemOf(thrown);
  if (status >= 500) throw thrown;
  if (refusal !== undefined) return { status, errors: [{ text: refusal(rule) }] };
  const lines = missing.map((one) => ({ text: `${one.rule}: ${one.reason}` }));
  return { status, errors: [{ text: `${sentence(detail)} ${sentence(remedy)}` }, ...lines] };
}

const fieldOf = ({ path }: MisfitIssue, fields: FormField[]): FormField | undefined =>
  fields.find(({ name }) => path === name || path.startsWith(`${name}.`)) ??
  fields.find(({ name }) => name.startsWith(`${path}.`));

function misfit({ label }: FormField, { message, wrong }: MisfitIssue, isSpoken: boolean, t: Say): string {
  if (wrong?.is === 'TOO_LONG') return t('app.tooLong', { label, most: wrong.most });
  if (wrong?.is === 'NO_ADDRESS') return t('app.noAddress', { label });
  return isSpoken ? t('app.unfit', { label }) : sentence(`${label}: ${message}`);
}

const needed = ({ label }: FormField, t: Say): string =>
  label.endsWith('?') ? t('app.answerNeeded', { label }) : t('app.needed', { label });

const isEmpty = ({ name, kind }: FormField, values: Fields): boolean =>
  kind === 'boxes'
    ? !Object.keys(values).some((key) => key.startsWith(`${name}.`))
    : (values[name] ?? '') === '';

// A form shown, sent, and shown again with what was wrong and everything that was typed, whatever it is about.
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { party, said } from '../../http/said';
import { Words } from '../../http/words';
import { worldOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import type { Done } from '../../ledger/done';
import { Showing } from '../showing';
import { errorsOf } from './problems';
import type { FormError } from './problems';
import type { FormField, Piece } from './terms';

/** A form for one person, about one thing, as things stand. */
export interface Asked {
  title: string;
  about: string;
  fields: FormField[];
  /** What it is about, piece by piece. */
  pieces?: Piece[];
  /** Where it is sent to, and where the browser goes once it is recorded. */
  action: string;
  done: string;
  back: { href: string; text: string };
  send: (call: Call, fields: Fields) => Promise<Done> | Done;
}

const OPAQUE = /\b(?:per|org)_[a-z2-7]{16}\b/g;

@Injectable()
export class FormDesk {
  constructor(
    private readonly showing: Showing,
    private readonly words: Words,
  ) {}

  show(call: Call, asked: Asked): Promise<string> {
    return this.page(call, asked, {}, []);
  }

  /** After a command the browser is sent on, so that loading the page again sends nothing again. */
  async take(call: Call, asked: Asked, request: Request, response: Response): Promise<void> {
    const values = fieldsOf(request);
    try {
      // A second click, or a page left open while others acted, is told so instead of being recorded twice.
      await asked.send({ ...call, expected: Number(values.version) || 0 }, values);
    } catch (thrown) {
      const { status, errors } = errorsOf(thrown, asked.fields, values);
      const page = await this.page(call, asked, values, await this.named(call, errors));
      response.status(status).type('html').send(page);
      return;
    }
    response.redirect(303, asked.done);
  }

  /** Rules speak of people and organisations by id; whoever reads a page knows them by name. */
  private async named(call: Call, errors: FormError[]): Promise<FormError[]> {
    const ids = new Set(errors.flatMap(({ text }) => text.match(OPAQUE) ?? []));
    const { programme } = worldOf(call);
    const parties = await this.words.of([...ids].map((id) => party(programme, id)));
    const names = new Map(parties.map(({ id, name }) => [id, name as unknown as string | null]));
    return errors.map((error) => ({
      ...error,
      text: error.text.replace(OPAQUE, (id) => names.get(id) ?? id),
    }));
  }

  private page(call: Call, asked: Asked, values: Fields, errors: FormError[]): Promise<string> {
    const world = worldOf(call);
    const { title, about, action, back } = asked;
    const fields = asked.fields.map((field) => ({
      ...{ name: field.name, label: field.label, hint: field.hint ?? '', kind: field.kind },
      ...{ optional: field.optional === true, options: field.options?.(world, call) ?? [] },
      error: errors.find((error) => error.field === field.name)?.text ?? '',
    }));
    return this.showing.page(call, 'form', {
      ...{ title, about, project: said(world.project.title), fields, values, errors, back },
      pieces: asked.pieces ?? [],
      ...{ action, csrf: this.showing.proof(call, action), version: world.project.version },
    });
  }
}

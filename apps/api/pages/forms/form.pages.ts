// A form shown, sent, and shown again with what was wrong and everything that was typed.
import { Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { party, said } from '../../http/said';
import { Words } from '../../http/words';
import { Calling, notFound, worldOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import { Changes, Shows } from '../../policy/does';
import { baseOf, Showing } from '../showing';
import { Handlers } from './handlers';
import { offered } from '.';
import { errorsOf } from './problems';
import type { FormError } from './problems';
import type { Form } from './terms';

interface Shown {
  form: Form;
  values: Fields;
  errors: FormError[];
}

const OPAQUE = /\b(?:per|org)_[a-z2-7]{16}\b/g;

@ApiExcludeController()
@Controller('app/projects/:project/do/:form')
export class FormPages {
  constructor(
    private readonly showing: Showing,
    private readonly handlers: Handlers,
    private readonly words: Words,
  ) {}

  @Get()
  @Shows('project.read', 'A form')
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(@Calling() call: Call, @Param('form') name: string): Promise<string> {
    return this.page(call, { form: formIn(call, name), values: {}, errors: [] });
  }

  /** After a command the browser is sent to the project, so that loading the page again sends nothing again. */
  @Post()
  @Changes('form.send', 'Sends a form', 303)
  async send(
    @Calling() call: Call,
    @Param('form') name: string,
    @Req() request: Request<{ project: string }>,
    @Res() response: Response,
  ): Promise<void> {
    const form = formIn(call, name);
    const values = fieldsOf(request);
    try {
      // A second click, or a page left open while others acted, is told so instead of being recorded twice.
      const expected = { ...call, expected: Number(values.version) || 0 };
      await form.send(this.handlers, expected, request.params.project, values);
    } catch (thrown) {
      const { status, errors: found } = errorsOf(thrown, form.fields, values);
      const errors = await this.named(call, found);
      const page = await this.page(call, { form, values, errors });
      response.status(status).type('html').send(page);
      return;
    }
    response.redirect(303, `${baseOf(call)}?done=${form.name}`);
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

  private page(call: Call, { form, values, errors }: Shown): Promise<string> {
    const world = worldOf(call);
    const action = `${baseOf(call)}/do/${form.name}`;
    const fields = form.fields
      .filter((field) => field.if?.(world) ?? true)
      .map((field) => ({
        ...{ name: field.name, label: field.label, hint: field.hint ?? '', kind: field.kind },
        ...{ optional: field.optional === true, options: field.options?.(world, call) ?? [] },
        error: errors.find((error) => error.field === field.name)?.text ?? '',
      }));
    return this.showing.page(call, 'form', {
      ...{ title: form.title, about: form.about, project: said(world.project.title), fields, values, errors },
      pieces: form.shown?.(world, call) ?? [],
      ...{ action, csrf: this.showing.proof(call, action), version: world.project.version },
      back: { href: baseOf(call), text: 'Back to the project' },
    });
  }
}

/** What a person may not send looks like what does not exist. */
const formIn = (call: Call, name: string): Form =>
  offered(call).find((form) => form.name === name) ?? notFound('form', name.slice(0, 40));

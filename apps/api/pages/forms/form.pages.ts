// The forms about a project as a whole, each on a page of its own.
import { Controller, Get, Header, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { fieldsOf } from '#libs/web/http';
import { Calling, notFound, worldOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import { Changes, Shows } from '../../policy/does';
import { HTML } from '../paging';
import { baseOf } from '../showing';
import { FormDesk } from './form-desk';
import type { Asked } from './form-desk';
import { Handlers } from './handlers';
import { fieldsAsked, Misfit } from './terms';
import type { FormField } from './terms';
import { GROUPS, isOffered } from '.';

const Chosen = z.object({ first: z.string().max(80).optional().catch(undefined) });

/** The page of what comes first: its answer comes back in the address. */
const firstAsked = (field: FormField, page: Pick<Asked, 'title' | 'about' | 'action' | 'back'>): Asked => ({
  ...page,
  ...{ isFirst: true, fields: [{ ...field, name: 'first' }], done: page.action },
  send: () => {
    throw unanswered();
  },
});

const unanswered = () => new Misfit([{ path: 'first', message: '' }]);

@ApiExcludeController()
@Controller('app/projects/:project/do/:form')
export class FormPages {
  constructor(
    private readonly desk: FormDesk,
    private readonly handlers: Handlers,
  ) {}

  @Get()
  @Shows('project.read', 'A form')
  @Header(...HTML)
  show(
    @Calling() call: Call,
    @Param('form') name: string,
    @Query({ schema: Chosen }) { first }: z.infer<typeof Chosen>,
  ): Promise<string> {
    const asked = this.asked(call, name, () => first);
    return this.desk.show(call, asked, asked.isFirst && first !== undefined ? unanswered() : undefined);
  }

  @Post()
  @Changes('form.send', 'Sends a form', 303)
  send(
    @Calling() call: Call,
    @Param('form') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const fields = fieldsOf(request);
    const asked = this.asked(call, name, (field) => fields[field]);
    return this.desk.take(call, asked, request, response);
  }

  /** What a person may not send looks like what does not exist. */
  private asked(call: Call, name: string, answerTo: (first: string) => string | undefined): Asked {
    const form =
      GROUPS.flatMap(({ forms }) => forms).find((each) => each.name === name && isOffered(call, each)) ??
      notFound('form', name.slice(0, 40));
    const world = worldOf(call);
    const base = baseOf(call);
    const { title, about, first } = form;
    const [action, back] = [`${base}/do/${form.name}`, { href: base, text: 'Back to the project' }];
    const chosen = first === undefined ? '' : (answerTo(first.name) ?? '');
    if (first !== undefined && !(first.options?.(world, call) ?? []).some(({ value }) => value === chosen))
      return firstAsked(first, { title, about, action, back });
    return {
      ...{ title, about, pieces: form.shown?.(world, call, chosen) ?? [] },
      fields: fieldsAsked(form, world, call, chosen),
      ...(form.values ? { values: form.values(world, call) } : {}),
      ...{ action, done: `${base}?done=${form.name}` },
      ...(first === undefined
        ? { back }
        : { hidden: { [first.name]: chosen }, back: { href: action, text: 'Back to the choice' } }),
      send: (sending, fields) => form.send(this.handlers, sending, world.project.id, fields),
    };
  }
}

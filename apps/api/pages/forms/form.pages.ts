// The forms about a project as a whole, each on a page of its own.
import { Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Calling, notFound, worldOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import { Changes, Shows } from '../../policy/does';
import { HTML } from '../paging';
import { baseOf } from '../showing';
import { FormDesk } from './form-desk';
import type { Asked } from './form-desk';
import { Handlers } from './handlers';
import { fieldsAsked } from './terms';
import { GROUPS, isOffered } from '.';

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
  show(@Calling() call: Call, @Param('form') name: string): Promise<string> {
    return this.desk.show(call, this.asked(call, name));
  }

  @Post()
  @Changes('form.send', 'Sends a form', 303)
  send(
    @Calling() call: Call,
    @Param('form') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.take(call, this.asked(call, name), request, response);
  }

  /** What a person may not send looks like what does not exist. */
  private asked(call: Call, name: string): Asked {
    const form =
      GROUPS.flatMap(({ forms }) => forms).find((each) => each.name === name && isOffered(call, each)) ??
      notFound('form', name.slice(0, 40));
    const world = worldOf(call);
    const base = baseOf(call);
    return {
      ...{ title: form.title, about: form.about, pieces: form.shown?.(world, call) ?? [] },
      fields: fieldsAsked(form, world, call),
      ...(form.values ? { values: form.values(world, call) } : {}),
      ...{ action: `${base}/do/${form.name}`, done: `${base}?done=${form.name}` },
      back: { href: base, text: 'Back to the project' },
      send: (sending, fields) => form.send(this.handlers, sending, world.project.id, fields),
    };
  }
}

// The forms about a programme, each on a page of its own.
import { Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { World } from '#libs/domain';
import type { Request, Response } from 'express';
import { said } from '../../http/said';
import { Calling, notFound, programmeOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import { Changes, Shows } from '../../policy/does';
import { HTML } from '../paging';
import { PAGES } from '../session';
import { FormDesk } from './form-desk';
import type { Asked } from './form-desk';
import { Handlers } from './handlers';
import { fieldsAsked } from './terms';
import { offeredInProgramme } from '.';

@ApiExcludeController()
@Controller('app/do/:form')
export class ProgrammeFormPages {
  constructor(
    private readonly desk: FormDesk,
    private readonly handlers: Handlers,
  ) {}

  @Get()
  @Shows('project.list', 'A form about the programme')
  @Header(...HTML)
  show(@Calling() call: Call, @Param('form') name: string): Promise<string> {
    return this.desk.show(call, this.asked(call, name));
  }

  @Post()
  @Changes('form.send', 'Sends a form about the programme', 303)
  send(
    @Calling() call: Call,
    @Param('form') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.take(call, this.asked(call, name), request, response);
  }

  private asked(call: Call, name: string): Asked {
    const form =
      offeredInProgramme(call).find((each) => each.name === name) ?? notFound('form', name.slice(0, 40));
    const programme = programmeOf(call);
    // None of these forms is about a project, so none of their fields asks about one.
    const world = call.world as World;
    return {
      ...{ title: form.title, about: form.about, fields: fieldsAsked(form, world, call) },
      ...(form.values ? { values: form.values(world, call) } : {}),
      of: { caption: said(programme.name), version: programme.version },
      ...{ action: `${PAGES}/do/${form.name}`, back: { href: PAGES, text: 'My projects' } },
      // Whoever starts a project goes on in it.
      done: ({ id }) =>
        form.name === 'start-project'
          ? `${PAGES}/projects/${id}?done=${form.name}`
          : `${PAGES}?done=${form.name}`,
      send: (sending, fields) => form.send(this.handlers, sending, programme.id, fields),
    };
  }
}

// The forms about a result, each on a page of its own.
import { Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { analysisIn } from '../../analyses/results';
import { Calling, notFound, worldOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import { AnalysesController } from '../../analyses/analyses.controller';
import { OutputsController } from '../../outputs/outputs.controller';
import { Changes, Shows } from '../../policy/does';
import { FormDesk } from '../forms/form-desk';
import type { Asked } from '../forms/form-desk';
import { HTML } from '../paging';
import { baseOf } from '../showing';
import { offeredFor } from './result-forms';

@ApiExcludeController()
@Controller('app/projects/:project/results/:analysis/do/:form')
export class ResultFormPages {
  constructor(
    private readonly desk: FormDesk,
    private readonly outputs: OutputsController,
    private readonly analyses: AnalysesController,
  ) {}

  @Get()
  @Shows('project.read', 'A form about a result')
  @Header(...HTML)
  show(@Calling() call: Call, @Param('analysis') id: string, @Param('form') name: string): Promise<string> {
    return this.desk.show(call, this.asked(call, id, name));
  }

  @Post()
  @Changes('form.send', 'Sends a form about a result', 303)
  send(
    @Calling() call: Call,
    @Param('analysis') id: string,
    @Param('form') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.take(call, this.asked(call, id, name), request, response);
  }

  /** What a person may not send looks like what does not exist. */
  private asked(call: Call, id: string, name: string): Asked {
    const analysis = analysisIn(call, id);
    const form =
      offeredFor(call, analysis).find((each) => each.name === name) ?? notFound('form', name.slice(0, 40));
    const page = `${baseOf(call)}/results/${id}`;
    return {
      ...{ title: form.title, about: form.about, fields: form.fields(call, analysis) },
      ...{ action: `${page}/do/${form.name}`, done: `${page}?done=${form.name}` },
      back: { href: page, text: `Back to the result ${id}` },
      send: (sending, fields) =>
        form.send(
          {
            outputs: this.outputs,
            analyses: this.analyses,
            call: sending,
            project: worldOf(call).project.id,
            analysis,
          },
          fields,
        ),
    };
  }
}

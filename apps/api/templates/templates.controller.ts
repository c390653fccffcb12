// Templates of settings: what each says, and starting a project from one with a single call.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CHECKPOINT_KINDS, QUESTION_AIMS } from '#libs/domain';
import { z } from 'zod';
import { Holidays, Quorums } from '../agreements/rules';
import { Line, OrganisationId, ProgrammeId, RoleField } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { pageOf } from '../http/shown';
import { Profile } from '../issue/profiling';
import { Calling, notFound } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { Source } from '../sources/registering';
import { ownTemplates, readTemplate, TemplateRefused } from './reading';
import { Starting } from './starting';
import type { Template } from './template';

const Organisations = z
  .record(z.string().max(40), OrganisationId)
  .describe('For each organisation of the template, which of your programme it is.');
const StartFrom = z
  .strictObject({
    programme: ProgrammeId,
    title: Line.optional().describe('The template’s own, if not given.'),
    template: z.string().max(40).optional().describe('One of GET /templates.'),
    definition: z.string().max(200_000).optional().describe('A template of your own, as YAML.'),
    organisations: Organisations,
  })
  .refine(({ template, definition }) => (template === undefined) !== (definition === undefined), {
    path: ['template'],
    message: 'name a template, or give the definition of one: exactly one of the two',
  });
type StartFrom = z.infer<typeof StartFrom>;
const Started = z.object({
  id: z.string(),
  warnings: z.array(z.string()).describe('What the template asks for and the programme does not have yet.'),
});
const TemplateListed = z.object({ id: z.string(), title: z.string(), purpose: z.string() });
const TemplateShown = TemplateListed.extend({
  ...{ name: z.string(), aim: z.enum(QUESTION_AIMS), issue: Profile },
  organisations: z.record(
    z.string(),
    z.object({ title: z.string(), roles: z.array(RoleField), commissionedBy: z.array(z.string()) }),
  ),
  sources: z.array(Source.extend({ holder: z.string().nullable() })),
  signOff: z
    .object({
      frequencyThreshold: z.int(),
      timings: z.object({ remindAfter: z.int(), escalateAfter: z.int(), lapseAfter: z.int() }),
      reasking: z.object({ coolingOff: z.int(), cap: z.int() }),
      codeAlsoFor: z.array(z.enum(CHECKPOINT_KINDS)),
      moreSigners: z.array(z.object({ kind: z.enum(CHECKPOINT_KINDS), slot: z.unknown() })),
      quorums: Quorums.optional(),
      holidays: Holidays.optional(),
    })
    .describe('Spans in milliseconds, as the rules of an agreement take them.'),
});

@ApiTags('templates')
@Controller()
export class TemplatesController {
  private readonly templates = ownTemplates();

  constructor(private readonly starting: Starting) {}

  @Get('templates')
  @Shows('template.read', 'Lists the templates', pageOf(TemplateListed))
  list(@Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      [...this.templates.values()].map(({ name, title, purpose }) => ({ id: name, title, purpose })),
      query,
    );
  }

  @Get('templates/:template')
  @Shows('template.read', 'Shows a template; its signOff can be an agreement’s rules', TemplateShown)
  show(@Param('template') name: string) {
    const found = this.templates.get(name) ?? notFound('template', name.slice(0, 40));
    return { id: name, ...found };
  }

  @Post('projects/from-template')
  @Does(
    'project.start',
    'Starts a project from a template: registers its sources and records how the issue is seen',
    Started,
  )
  start(@Calling() call: Call, @Body({ schema: StartFrom }) body: StartFrom) {
    if (call.account.programme !== body.programme)
      fail(
        404,
        'NOT_FOUND',
        `There is no programme ${body.programme} that you can see.`,
        'GET /programmes lists yours.',
      );
    const template = this.templateOf(body);
    const { organisations, title = template.title } = body;
    return this.starting.begin(call, { title, template, organisations });
  }

  private templateOf({ template, definition }: StartFrom): Template {
    if (definition === undefined)
      return (
        this.templates.get(template ?? '') ?? unknownTemplate(template ?? '', [...this.templates.keys()])
      );
    try {
      return readTemplate(definition, 'in "definition"');
    } catch (error) {
      if (!(error instanceof TemplateRefused)) throw error;
      const errors = error.errors.map(({ path, line, message }) => ({
        ...{ path: `definition, line ${line}${path === '' ? '' : `: ${path}`}`, message },
      }));
      return fail(422, 'TEMPLATE', error.message, 'Correct every line that is named, then send it again.', {
        errors,
      });
    }
  }
}

const unknownTemplate = (name: string, known: string[]): never =>
  fail(422, 'UNKNOWN_TEMPLATE', `There is no template ${name}.`, `There are ${known.join(', ')}.`);

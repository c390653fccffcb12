// Pages about projects: mine, one of them, and what belongs to it; each shows what the API shows to the same person.
import { Controller, Get, Header, Injectable, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PROJECT_STATUSES, STAGES, tenureOf } from '#libs/domain';
import { wordsOf } from '#libs/web';
import { z } from 'zod';
import { WaitingForMe } from '../accounts/waiting';
import { AdmissibilityController } from '../admissibility/admissibility.controller';
import { EvidenceController } from '../evidence/evidence.controller';
import { HypothesesController } from '../hypotheses/hypotheses.controller';
import { said } from '../http/said';
import { Calling, personOf, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Shows } from '../policy/does';
import { overview } from '../projects/overview';
import { ProjectsController } from '../projects/projects.controller';
import { RefusalsController } from '../refusals/refusals.controller';
import { GROUPS, isOffered, offeredInProgramme } from './forms';
import { descents } from './graph';
import { Cursor, HTML, pageAfter, PER_PAGE } from './paging';
import { PAGES } from './session';
import { baseOf, Showing } from './showing';

/** What was just done, for the page that a form leads back to. */
export const Done = z.object({
  done: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional()
    .catch(undefined),
});
export type Done = z.infer<typeof Done>;

/** As the form sends it: what was left open is an empty field. */
const blank = z.literal('').transform(() => undefined);
const Filters = z.object({
  status: z.enum(PROJECT_STATUSES).optional().or(blank),
  led: z.literal('me').optional().or(blank),
  waiting: z.literal('me').optional().or(blank),
  cursor: z.string().max(200).optional(),
  asked: z.string().max(200).optional(),
  ...Done.shape,
});
type Filters = z.infer<typeof Filters>;
/** The API's own answers about parts of a project. */
@Injectable()
export class ProjectParts {
  constructor(
    readonly refusals: RefusalsController,
    readonly admissibility: AdmissibilityController,
    readonly hypotheses: HypothesesController,
    readonly evidence: EvidenceController,
  ) {}
}

@ApiExcludeController()
@Controller('app')
export class ProjectPages {
  constructor(
    private readonly showing: Showing,
    private readonly handle: LedgerHandle,
    private readonly waiting: WaitingForMe,
    private readonly projects: ProjectsController,
    private readonly parts: ProjectParts,
  ) {}

  @Get()
  @Shows('project.list', 'My projects')
  @Header(...HTML)
  async mine(@Calling() call: Call, @Query({ schema: Filters }) query: Filters): Promise<string> {
    const me = personOf(call);
    const { status, led, waiting, cursor, asked, done } = query;
    const lead = led === undefined ? undefined : me;
    const { items, next } = await this.projects.list(call, {
      limit: PER_PAGE,
      status,
      lead,
      waiting,
      cursor,
    });
    const moves = await this.waiting.list(call, { limit: PER_PAGE, cursor: asked });
    return this.showing.page(call, 'projects', {
      ...{
        title: this.showing.t('app.projects'),
        programme: said(programmeOf(call).name),
        items,
        statuses: PROJECT_STATUSES,
      },
      ...{ filters: query, moves: moves.items, own: programmeOf(call).id },
      moreMoves: moves.next === null ? null : addressOf({ status, led, waiting, asked: moves.next }),
      next: next === null ? null : addressOf({ status, led, waiting, cursor: next }),
      isFirst: cursor === undefined,
      commands: offeredInProgramme(call).map(({ name, title }) => ({ name, title })),
      done: done === undefined ? null : recorded(done),
      people: isRegistrar(call) ? `${PAGES}/people` : null,
      first: addressOf({ status, led, waiting }),
    });
  }

  @Get('projects/:project')
  @Shows('project.read', 'A project: stages, whose move it is, gates, how its cycles descend')
  @Header(...HTML)
  async show(@Calling() call: Call, @Query({ schema: Done }) { done }: Done): Promise<string> {
    const view = await this.projects.show(call);
    return this.showing.page(call, 'project', {
      ...{
        ...view,
        closures: view.closures.map(({ kind, since }) => ({
          what: this.showing.t(`alert.kind.${kind}`),
          since,
        })),
        base: baseOf(call),
        back: { href: PAGES, text: this.showing.t('app.projects') },
        stages: STAGES,
      },
      graph: await descents(call, (id) => this.handle.ledger.content(id)),
      commands: GROUPS.map(({ title, forms }) => ({
        title,
        forms: forms.filter((form) => isOffered(call, form)).map(({ name, title }) => ({ name, title })),
      })).filter(({ forms }) => forms.length > 0),
      done: done === undefined ? null : recorded(done),
    });
  }

  @Get('projects/:project/requests')
  @Shows('project.read', 'Data requests and the register of refusals')
  @Header(...HTML)
  requests(@Calling() call: Call): Promise<string> {
    const { requests } = overview(call);
    const register = this.parts.refusals.register(call);
    return this.showing.part(call, 'requests', this.showing.t('app.requests'), { requests, register });
  }

  @Get('projects/:project/admissibility')
  @Shows('project.read', 'The admissibility matrix')
  @Header(...HTML)
  admissibility(@Calling() call: Call, @Query({ schema: Cursor }) { cursor }: Cursor): Promise<string> {
    const { items, next } = this.parts.admissibility.list(call, { limit: PER_PAGE, cursor });
    return this.showing.part(call, 'admissibility', this.showing.t('app.admissibilityTitle'), {
      items,
      next: pageAfter(next),
    });
  }

  @Get('projects/:project/hypotheses')
  @Shows('project.read', 'The hypotheses')
  @Header(...HTML)
  hypotheses(@Calling() call: Call, @Query({ schema: Cursor }) { cursor }: Cursor): Promise<string> {
    const { items, next } = this.parts.hypotheses.list(call, { limit: PER_PAGE, cursor });
    return this.showing.part(call, 'hypotheses', this.showing.t('app.hypotheses'), {
      items,
      next: pageAfter(next),
    });
  }

  @Get('projects/:project/evidence')
  @Shows('evidence.read', 'The register of evidence')
  @Header(...HTML)
  evidence(@Calling() call: Call, @Query({ schema: Cursor }) { cursor }: Cursor): Promise<string> {
    const { items, next } = this.parts.evidence.list(call, { limit: PER_PAGE, cursor });
    return this.showing.part(call, 'evidence', this.showing.t('app.evidenceTitle'), {
      items,
      next: pageAfter(next),
    });
  }
}

const recorded = (done: string): string =>
  `${wordsOf(done.replaceAll('-', '_'))}: this is in the ledger now.`;

const isRegistrar = (call: Call): boolean =>
  tenureOf(programmeOf(call), personOf(call), call.now)?.roles.includes('registrar') ?? false;

function addressOf(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return `${PAGES}?${new URLSearchParams(given).toString()}`;
}

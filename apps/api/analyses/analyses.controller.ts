// Analyses: registered with hypothesis and method before results are seen, followed while they run, read once checked.
import { Body, Controller, Get, Header, Param, Post, Query, Res, Sse } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { collectionCaveats, resultStatus } from '#libs/domain';
import type { Analysis, World } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { catalogue, MethodName } from '#libs/statistics';
import type { Response } from 'express';
import { z } from 'zod';
import { FreeText, LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { following } from './following';
import { Progress } from './progress';
import { Results } from './results';
import { AnalysisListed, AnalysisShown, ResultShown, pageOf } from '../http/shown';

const RegisterAnalysis = z.strictObject({
  release: LocalId,
  method: MethodName,
  params: z.record(z.string(), z.unknown()).describe('As the method’s schema in GET /methods says.'),
  hypothesis: FreeText,
  support: FreeText.describe('What would count as support, said before results are seen.'),
});
const LOOK_EVERY_MS = 1_000;

@ApiTags('analyses')
@Controller('projects/:project/analyses')
export class AnalysesController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
    private readonly progress: Progress,
    private readonly results: Results,
  ) {}

  @Post()
  @Does('analysis.register', 'Registers an analysis and starts its run')
  register(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: RegisterAnalysis }) { release, method, params, ...why }: z.infer<typeof RegisterAnalysis>,
  ) {
    const [hypothesis, support] = [commitText(why.hypothesis), commitText(why.support)];
    const fields = catalogue[method].fieldsOf(params);
    return this.commands.onProject(call, project, (world) => {
      onlyReleased(world, release, fields);
      return {
        command: {
          ...{ type: 'RegisterAnalysis', release, method, params },
          ...{ hypothesis: hypothesis.commitment, support: support.commitment },
        },
        texts: [hypothesis, support],
      };
    });
  }

  @Get()
  @Shows('project.read', 'Lists the analyses', pageOf(AnalysisListed))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = Object.values(worldOf(call).project.analyses);
    return slice(
      all.map((analysis) => analysisView(call, analysis)),
      query,
    );
  }

  @Get(':analysis')
  @Shows('project.read', 'Shows an analysis: status and diagnostics, never data', AnalysisShown)
  async show(@Calling() call: Call, @Param('analysis') id: string) {
    const analysis = analysisIn(call, id);
    const cover = analysis.ended?.result
      ? await this.handle.ledger.content(analysis.ended.result.cover)
      : null;
    const { diagnostics } =
      cover === null ? {} : (JSON.parse(cover.toString('utf8')) as { diagnostics?: unknown });
    return { ...analysisView(call, analysis), diagnostics: diagnostics ?? null };
  }

  @Sse(':analysis/events')
  @Shows('project.read', 'Follows a run: server-sent events "status", "progress" and "end"')
  events(@Calling() call: Call, @Param('project') project: string, @Param('analysis') id: string) {
    analysisIn(call, id);
    return following({
      look: async () => {
        const { world, now } = await this.handle.ledger.world(project);
        const analysis = world.project.analyses[id] ?? notFound('analysis', id);
        return { status: resultStatus(world, analysis, now), isEnded: analysis.ended !== null };
      },
      progress: () => this.progress.of(project, id),
      everyMs: LOOK_EVERY_MS,
    });
  }

  @Get(':analysis/result')
  @Header('Cache-Control', 'no-store')
  @Shows(
    'result.read',
    'Shows a result: to checkers before the output check, afterwards to the programme',
    ResultShown,
  )
  async result(@Calling() call: Call, @Param('analysis') id: string) {
    const files = await this.results.open(call, analysisIn(call, id));
    const json = (name: string): unknown => {
      const bytes = files.get(name);
      return bytes === undefined ? null : (JSON.parse(bytes.toString('utf8')) as unknown);
    };
    return {
      ...{ analysis: id, status: resultStatus(worldOf(call), analysisIn(call, id), call.now) },
      files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length })),
      caveats: caveatsOf(call, id),
      ...{ result: json('result.json'), findings: json('findings.json') },
    };
  }

  @Get(':analysis/result/:file')
  @Shows('result.read', 'Shows one file of a result')
  async file(
    @Calling() call: Call,
    @Param('analysis') id: string,
    @Param('file') name: string,
    @Res() response: Response,
  ) {
    const bytes =
      (await this.results.open(call, analysisIn(call, id))).get(name) ?? notFound('file', name.slice(0, 80));
    response.setHeader('Cache-Control', 'no-store');
    // A plot opened by itself is a document: it may run nothing.
    response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    response.type(name.endsWith('.svg') ? 'image/svg+xml' : 'application/json').send(bytes);
  }
}

const analysisIn = (call: Call, id: string): Analysis =>
  worldOf(call).project.analyses[id] ?? notFound('analysis', id);

/** Fields the release does not hold are named at once, not after minutes of waiting. */
function onlyReleased({ project }: World, id: string, fields: string[]): void {
  const release = project.releases[id] ?? notFound('release', id);
  const specs = release.requests.flatMap(
    (request) => project.requests[request]?.answer?.grant?.releaseAs ?? [],
  );
  const known = new Set(
    specs.flatMap((spec) => [...spec.fields.map((f) => f.name), ...spec.dimensions, ...spec.sums]),
  );
  const unknown = fields.filter((field) => !known.has(field));
  if (unknown.length === 0) return;
  fail(
    422,
    'FIELDS_NOT_RELEASED',
    `The release ${id} does not hold ${unknown.map((f) => `"${f}"`).join(', ')}.`,
    `It holds ${[...known].join(', ')}.`,
  );
}

function analysisView(call: Call, analysis: Analysis) {
  const world = worldOf(call);
  const { id, cycle, release, method, params, question, boundary, registeredAt, ended, withheldAt } =
    analysis;
  return {
    ...{ id, cycle, release, method, params, question, boundary, registeredAt, withheldAt },
    ...{ author: person(world.programme, analysis.author), reads: analysis.reads.length },
    ...{ hypothesis: said(analysis.hypothesis), support: said(analysis.support) },
    status: resultStatus(world, analysis, call.now),
    ended: ended && { outcome: ended.outcome, reason: ended.reason, at: ended.at, result: ended.result },
  };
}

/** B19: what is said beside every result that used a collected source. */
function caveatsOf(call: Call, id: string) {
  const { project } = worldOf(call);
  const release = project.releases[analysisIn(call, id).release];
  return release ? collectionCaveats(project, release) : [];
}

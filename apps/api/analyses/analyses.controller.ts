// Analyses: registered with hypothesis and method before results are seen, and followed while they run.
import { Body, Controller, Get, Param, Post, Query, Sse } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DEVIATION_PARTS, resultStatus, suppliesOf, USES } from '#libs/domain';
import type { Intention, World } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { catalogue, MethodName } from '#libs/statistics';
import { z } from 'zod';
import { committed } from '../http/committed';
import {
  Because,
  FreeText,
  LocalId,
  SubpopulationField,
  WindowField,
  withoutUndefined,
} from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { following } from './following';
import { Progress, progressView } from './progress';
import { analysisView } from './analysis.view';
import { analysisIn } from './results';
import { pageOf } from '../http/shown';
import { AnalysisListed, AnalysisShown } from './shown';

const Intended = {
  use: z.enum(USES).optional().describe('What the run does with its fields; unsaid, it counts as every use.'),
  window: WindowField.optional().describe(
    'The days it looks at; unsaid, all of them. With `by`, the field that tells them apart, only those rows are read; without it all are, so it lifts no exclusion.',
  ),
  subpopulation: SubpopulationField.optional().describe('Whom it looks at; unsaid, everybody.'),
};
export const RegisterAnalysis = z.strictObject({
  release: LocalId,
  method: MethodName,
  params: z.record(z.string(), z.unknown()).describe('As the method’s schema in GET /methods says.'),
  hypothesis: FreeText,
  support: FreeText.describe('What would count as support, said before results are seen.'),
  ...Intended,
  rounding: z
    .int()
    .min(5)
    .max(1000)
    .optional()
    .describe(
      'Round every count of the result to this base, instead of hiding small ones; for results of counts alone.',
    ),
  tests: LocalId.optional().describe('The hypothesis it tests, in its present version.'),
});
export const Deviate = z.strictObject({ part: z.enum(DEVIATION_PARTS), reason: FreeText });
const LOOK_EVERY_MS = 1_000;

@ApiTags('analyses')
@Controller('projects/:project/analyses')
export class AnalysesController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
    private readonly progress: Progress,
  ) {}

  @Post()
  @Does('analysis.register', 'Registers an analysis and starts its run')
  register(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: RegisterAnalysis }) body: z.infer<typeof RegisterAnalysis>,
  ) {
    const { release, method, params, use, window, subpopulation } = body;
    const [hypothesis, support] = [commitText(body.hypothesis), commitText(body.support)];
    // Whom and which days it looks at is told by fields, too: what is said of those concerns the run.
    const told = [subpopulation?.field, window?.by].filter((field) => field !== undefined);
    const fields = [...new Set([...catalogue[method].fieldsOf(params), ...told])];
    const intention = withoutUndefined({
      ...{ fields, use, subpopulation },
      window: window && withoutUndefined(window),
    }) as Intention;
    return this.commands.onProject(call, project, (world) => {
      onlyReleased(world, release, fields);
      return {
        command: {
          ...{ type: 'RegisterAnalysis', release, method, params },
          ...{ hypothesis: hypothesis.commitment, support: support.commitment, intention },
          ...(body.rounding === undefined ? {} : { rounding: body.rounding }),
          ...(body.tests === undefined ? {} : { tests: body.tests }),
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

  @Post(':analysis/cancellation')
  @Does('analysis.cancel', 'Cancels a run that is going: it ends within seconds, and nothing of it is kept')
  cancel(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('analysis') analysis: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const words = { type: 'CancelAnalysis', analysis, ...body } as const;
    return this.commands.onProject(call, project, () => committed(words, 'reason'), analysis);
  }

  @Post(':analysis/deviations')
  @Does('analysis.deviate', 'Records what was done otherwise than registered, and why')
  deviate(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('analysis') analysis: string,
    @Body({ schema: Deviate }) body: z.infer<typeof Deviate>,
  ) {
    const words = { type: 'RecordDeviation', analysis, ...body } as const;
    return this.commands.onProject(call, project, () => committed(words, 'reason'));
  }

  @Sse(':analysis/events')
  @Shows(
    'project.read',
    'Follows a run: server-sent events "status", "progress" (stage, fraction, seconds left) and "end"',
  )
  events(@Calling() call: Call, @Param('project') project: string, @Param('analysis') id: string) {
    analysisIn(call, id);
    return following({
      look: async () => {
        const { world, now } = await this.handle.ledger.world(project);
        const analysis = world.project.analyses[id] ?? notFound('analysis', id);
        return { status: resultStatus(world, analysis, now), isEnded: analysis.ended !== null };
      },
      progress: async () => {
        const told = await this.progress.of(project, id);
        return told && progressView(told);
      },
      everyMs: LOOK_EVERY_MS,
    });
  }
}

/** Fields the release does not hold are named at once, not after minutes of waiting. */
function onlyReleased({ project }: World, id: string, fields: string[]): void {
  const release = project.releases[id] ?? notFound('release', id);
  const known = new Set(suppliesOf(project, release).flatMap(({ delivered }) => delivered));
  const unknown = fields.filter((field) => !known.has(field));
  if (unknown.length === 0) return;
  fail(
    422,
    'FIELDS_NOT_RELEASED',
    `The release ${id} does not hold ${unknown.map((f) => `"${f}"`).join(', ')}.`,
    `It holds ${[...known].join(', ')}.`,
  );
}

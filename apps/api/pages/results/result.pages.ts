// Pages of results: what waits for a checker, one result with what its check found, and its files.
import { Controller, Get, Header, Injectable, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { holds, resultStatus } from '#libs/domain';
import type { Analysis, ResultStatus } from '#libs/domain';
import { catalogue, MethodResult } from '#libs/statistics';
import { findingViews, leftToPerson, notShown, tableViews, wordsOf } from '#libs/web';
import type { ResultFinding } from '#libs/web';
import type { Response } from 'express';
import { AnalysesController } from '../../analyses/analyses.controller';
import { analysisView } from '../../analyses/analysis.view';
import { Progress, progressView } from '../../analyses/progress';
import { analysisIn } from '../../analyses/results';
import { ResultsController } from '../../analyses/results.controller';
import { Calling, worldOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import { mayCheck } from '../../outputs/check.view';
import { OutputsController } from '../../outputs/outputs.controller';
import { can } from '../../policy/can';
import { Shows } from '../../policy/does';
import { problemOf } from '../../problems/mapping';
import { Cursor, HTML, pageAfter, PER_PAGE } from '../paging';
import { sentence } from '../problem-page';
import { Done } from '../project.pages';
import { baseOf, Showing } from '../showing';
import { offeredFor } from './result-forms';

/** More rows or places than this are for the files, not for a page. */
const MOST_ROWS = 200;
const MOST_PLACES = 100;

/** The API's own answers about results. */
@Injectable()
export class ResultParts {
  constructor(
    readonly analyses: AnalysesController,
    readonly outputs: OutputsController,
    readonly results: ResultsController,
    readonly progress: Progress,
  ) {}

  /** How far a run is that has not ended. */
  async underWay(project: string, { id, ended }: Analysis) {
    const told = ended ? null : await this.progress.of(project, id);
    return told && progressView(told);
  }
}

@ApiExcludeController()
@Controller('app/projects/:project/results')
export class ResultPages {
  constructor(
    private readonly showing: Showing,
    private readonly parts: ResultParts,
  ) {}

  @Get()
  @Shows('project.read', 'Analyses, and the results that wait for this person’s check')
  @Header(...HTML)
  list(@Calling() call: Call, @Query({ schema: Cursor }) { cursor }: Cursor): Promise<string> {
    const world = worldOf(call);
    const person = call.account.person;
    const { items, next } = this.parts.analyses.list(call, { limit: PER_PAGE, cursor });
    const waiting = Object.values(world.project.analyses).filter(
      (each) => mayCheck(call, each) && resultStatus(world, each, call.now) === 'UNCHECKED',
    );
    return this.showing.part(call, 'results', this.showing.t('app.results'), {
      ...{ items, next: pageAfter(next) },
      isChecker: person !== null && holds(world.programme, person, ['outputChecker'], call.now),
      awaited: waiting.map((each) => analysisView(call, each)),
    });
  }

  @Get(':analysis')
  @Shows('project.read', 'A result: for its checker whole, for its author without data until it is checked')
  @Header(...HTML)
  async show(
    @Calling() call: Call,
    @Param('analysis') id: string,
    @Query({ schema: Done }) { done }: Done,
  ): Promise<string> {
    const found = analysisIn(call, id);
    const { diagnostics, ...analysis } = await this.parts.analyses.show(call, id);
    const check = found.ended?.result ? this.parts.outputs.show(call, id) : null;
    const { title, description } = catalogue[found.method as keyof typeof catalogue];
    const page = `${baseOf(call)}/results/${id}`;
    return this.showing.part(call, 'result', this.showing.t('report.result', { id }), {
      ...{ analysis, check, method: { title, description }, files: `${page}/files` },
      ...{ params: JSON.stringify(found.params, null, 1), diagnostics: listed(diagnostics) },
      ...{ standing: STANDING[analysis.status], isOwn: isOwn(call, found) },
      isReleased: isReadable(analysis.status),
      ...{ progress: await this.parts.underWay(worldOf(call).project.id, found), again: page },
      commands: offeredFor(call, found).map(({ name, title: text }) => ({ name, title: text })),
      done: done === undefined ? null : `${wordsOf(done.replaceAll('-', '_'))}: this is in the ledger now.`,
      back: { href: `${baseOf(call)}/results`, text: this.showing.t('app.results') },
      ...(await this.opened(call, found)),
    });
  }

  @Get(':analysis/files/:file')
  @Shows('result.read', 'One file of a result')
  file(
    @Calling() call: Call,
    @Param('analysis') id: string,
    @Param('file') name: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.parts.results.file(call, id, name, response);
  }

  /** The tables as this person may see them; why not, where the key is closed. */
  private async opened(call: Call, analysis: Analysis): Promise<object> {
    const { programme, project } = worldOf(call);
    const standing = { programme, project, now: call.now };
    if (!analysis.ended?.result) return {};
    if (!can(call.account, 'result.read', { analysis: analysis.id }, standing).allowed) return {};
    try {
      const result = await this.parts.results.show(call, analysis.id);
      const { tables, plots, findings } = MethodResult.parse(result.result);
      return {
        ...{ result, tables: tableViews(tables, plots, this.showing.language, MOST_ROWS) },
        ...{ hidden: notShown(tables, findings), left: leftToPerson(tables, findings) },
        findings: mayCheck(call, analysis)
          ? this.findings(call, analysis.id, result.findings as ResultFinding[])
          : null,
      };
    } catch (thrown) {
      const { status, detail, remedy } = problemOf(thrown);
      if (status >= 500) throw thrown;
      return { closed: `${sentence(detail)} ${sentence(remedy)}` };
    }
  }

  private findings(call: Call, id: string, found: ResultFinding[]) {
    const { findings, exceptions } = this.parts.outputs.show(call, id);
    const { open, passed } = findingViews(found, MOST_PLACES, this.showing.language);
    const of = (finding: string) => ({
      decided: findings?.find((each) => each.id === finding)?.decided ?? [],
      exceptions: exceptions.filter((each) => each.finding === finding),
    });
    return { open: open.map((each) => ({ ...each, ...of(each.id) })), passed };
  }
}

const STANDING: Record<ResultStatus, string> = {
  RUNNING: 'The run has not ended.',
  ENDED_WITHOUT_RESULT: 'The run ended without a result.',
  UNCHECKED: 'Until the output check passes, only output checkers who did not make it see its numbers.',
  CHECKED: 'It passed the output check.',
  FLAGGED: 'It passed the output check; a withdrawal since has closed the data it came from.',
  QUARANTINED: 'It was closed by a withdrawal: nobody but its checkers sees it.',
  WITHHELD: 'A checker withheld it.',
};

const isReadable = (status: ResultStatus): boolean => status === 'CHECKED' || status === 'FLAGGED';

const isOwn = (call: Call, analysis: Analysis): boolean =>
  analysis.author === call.account.person &&
  holds(worldOf(call).programme, analysis.author, ['outputChecker'], call.now);

const listed = (diagnostics: unknown): { name: string; value: string }[] =>
  typeof diagnostics === 'object' && diagnostics !== null
    ? Object.entries(diagnostics).map(([name, value]) => ({ name: wordsOf(name), value: String(value) }))
    : [];

// Pages about what a question is about and rests on: the issue, the chain of questions, the register of sources.
import { Controller, Get, Header, Injectable, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ImportsController } from '../imports/imports.controller';
import { IssueController } from '../issue/issue.controller';
import { Calling } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Shows } from '../policy/does';
import { questionIn } from '#libs/web';
import { QuestionsController } from '../questions/questions.controller';
import { SourcesController } from '../sources/sources.controller';
import { SufficiencyController } from '../sufficiency/sufficiency.controller';
import { Cursor, HTML, pageAfter, PER_PAGE } from './paging';
import { Showing } from './showing';

/** As many imports as a source is likely to have on one page of sources. */
const MOST_IMPORTS = 100;

/** The API's own answers about what a question is about. */
@Injectable()
export class IssueParts {
  constructor(
    readonly issue: IssueController,
    readonly questions: QuestionsController,
    readonly sufficiency: SufficiencyController,
    readonly sources: SourcesController,
    readonly imports: ImportsController,
  ) {}
}

@ApiExcludeController()
@Controller('app/projects/:project')
export class IssuePages {
  constructor(
    private readonly showing: Showing,
    private readonly handle: LedgerHandle,
    private readonly parts: IssueParts,
  ) {}

  @Get('issue')
  @Shows('project.read', 'How the issue is seen, by date, and the narratives that compete over it')
  @Header(...HTML)
  issue(@Calling() call: Call, @Query({ schema: Cursor }) { cursor }: Cursor): Promise<string> {
    const { issue } = this.parts;
    const narratives = issue.narratives(call, { limit: PER_PAGE, cursor });
    const all = issue.profiles(call, { limit: PER_PAGE });
    return this.showing.part(call, 'issue', this.showing.t('app.issueTitle'), {
      ...{ profiles: all.items, narratives: narratives.items, next: pageAfter(narratives.next) },
    });
  }

  @Get('sufficiency')
  @Shows('project.read', 'The versions of the question, and whether the data suffices')
  @Header(...HTML)
  async sufficiency(@Calling() call: Call, @Query({ schema: Cursor }) { cursor }: Cursor): Promise<string> {
    const { items, next } = this.parts.questions.list(call, { limit: PER_PAGE, cursor });
    const questions = await Promise.all(
      items.map(async (question) => ({
        ...question,
        text: questionIn(await this.handle.ledger.content(question.content.core)),
      })),
    );
    const sufficiency = this.parts.sufficiency.show(call);
    const context = { questions, sufficiency, next: pageAfter(next) };
    return this.showing.part(call, 'sufficiency', this.showing.t('app.sufficiency'), context);
  }

  @Get('sources')
  @Shows('project.read', 'The register of sources')
  @Header(...HTML)
  sources(@Calling() call: Call, @Query({ schema: Cursor }) { cursor }: Cursor): Promise<string> {
    const { items, next } = this.parts.sources.list(call, { limit: PER_PAGE, cursor });
    const imports = this.parts.imports.list(call, { limit: MOST_IMPORTS }).items;
    const bySource = Object.fromEntries(
      items.map(({ id }) => [id, imports.filter(({ source }) => source === id)]),
    );
    const context = { items, imports: bySource, next: pageAfter(next) };
    return this.showing.part(call, 'sources', this.showing.t('app.sources'), context);
  }
}

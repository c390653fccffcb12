// The API's own handlers, to which forms hand what they read: one way into the ledger, whoever asks.
import { Injectable } from '@nestjs/common';
import { AnalysesController } from '../../analyses/analyses.controller';
import { CyclesController } from '../../cycles/cycles.controller';
import { ProjectsController } from '../../projects/projects.controller';
import { QuestionsController } from '../../questions/questions.controller';
import { ImportsController } from '../../imports/imports.controller';
import { ReleasesController } from '../../releases/releases.controller';
import { RequestsController } from '../../requests/requests.controller';
import { RecordedAnswersController } from '../../recorded-answers/recorded-answers.controller';
import { TempoController } from '../../tempo/tempo.controller';

/** What is done about data. */
@Injectable()
export class DataHandlers {
  constructor(
    readonly releases: ReleasesController,
    readonly requests: RequestsController,
    readonly imports: ImportsController,
    readonly analyses: AnalysesController,
  ) {}
}

/** How a project goes on. */
@Injectable()
export class CourseHandlers {
  constructor(
    readonly cycles: CyclesController,
    readonly projects: ProjectsController,
    readonly tempo: TempoController,
  ) {}
}

@Injectable()
export class Handlers {
  constructor(
    readonly course: CourseHandlers,
    readonly questions: QuestionsController,
    readonly answers: RecordedAnswersController,
    readonly data: DataHandlers,
  ) {}
}

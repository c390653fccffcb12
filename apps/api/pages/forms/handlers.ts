// The API's own handlers, to which forms hand what they read: one way into the ledger, whoever asks.
import { Injectable } from '@nestjs/common';
import { CyclesController } from '../../cycles/cycles.controller';
import { ProjectsController } from '../../projects/projects.controller';
import { QuestionsController } from '../../questions/questions.controller';
import { ReleasesController } from '../../releases/releases.controller';
import { RequestsController } from '../../requests/requests.controller';

@Injectable()
export class Handlers {
  constructor(
    readonly cycles: CyclesController,
    readonly projects: ProjectsController,
    readonly questions: QuestionsController,
    readonly releases: ReleasesController,
    readonly requests: RequestsController,
  ) {}
}

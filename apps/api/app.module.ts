// The API as Nest sees it: a controller per noun, one guard, one error filter, the ledger and the vault given from outside.
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import type { Vault } from '#libs/vault';
import type { Logger } from 'pino';
import { AccountsController } from './accounts/accounts.controller';
import { WaitingForMe } from './accounts/waiting';
import { ActionsController } from './actions/actions.controller';
import { AdmissibilityController } from './admissibility/admissibility.controller';
import { AgreementsController } from './agreements/agreements.controller';
import { AnalysesController } from './analyses/analyses.controller';
import { Progress } from './analyses/progress';
import { Reports } from './analyses/report';
import { Results } from './analyses/results';
import { ResultsController } from './analyses/results.controller';
import { BenefitsController } from './benefits/benefits.controller';
import { BoundariesController } from './boundaries/boundaries.controller';
import { CertificatesController } from './certificates/certificates.controller';
import { CheckpointsController } from './checkpoints/checkpoints.controller';
import { CyclesController } from './cycles/cycles.controller';
import { DemandsController } from './demands/demands.controller';
import { DepositsController } from './deposits/deposits.controller';
import { EntriesController } from './entries/entries.controller';
import { EthicsController } from './ethics/ethics.controller';
import { ExportsController } from './exports/exports.controller';
import { HealthController } from './health/health.controller';
import { AnswersInterceptor } from './http/answers.interceptor';
import { IdempotencyInterceptor } from './http/idempotency.interceptor';
import { Words } from './http/words';
import { InsightsController } from './insights/insights.controller';
import { InterpretationsController } from './interpretations/interpretations.controller';
import { HypothesesController } from './hypotheses/hypotheses.controller';
import { Commands } from './ledger/commands';
import { LedgerHandle } from './ledger/handle';
import { LogController } from './log/log.controller';
import { MethodsController } from './methods/methods.controller';
import { OrganisationsController } from './organisations/organisations.controller';
import { OutputsController } from './outputs/outputs.controller';
import { ErasureController } from './people/erasure.controller';
import { PeopleController } from './people/people.controller';
import { PolicyGuard } from './policy/policy.guard';
import { ProblemFilter } from './problems/problem.filter';
import { ProgrammesController } from './programmes/programmes.controller';
import { ProjectsController } from './projects/projects.controller';
import { PublicationsController } from './publications/publications.controller';
import { QuestionsController } from './questions/questions.controller';
import { RefinementsController } from './refinements/refinements.controller';
import { ReflectionsController } from './reflections/reflections.controller';
import { WorkingController } from './reflections/working.controller';
import { RegisterController } from './register/register.controller';
import { ReleasesController } from './releases/releases.controller';
import { RequestsController } from './requests/requests.controller';
import { ClarificationsController } from './clarifications/clarifications.controller';
import { RefusalsController } from './refusals/refusals.controller';
import { SuppositionsController } from './suppositions/suppositions.controller';
import { CoreTeamController } from './core-team/core-team.controller';
import { DelegationsController } from './delegations/delegations.controller';
import { EvidenceController } from './evidence/evidence.controller';
import { EvidenceVault } from './evidence/evidence-vault';
import { EvidenceFilesController } from './evidence/files.controller';
import { LinkedFilesController } from './evidence/linked-files.controller';
import {
  RecordedAnswersController,
  RecordedGrantsController,
} from './recorded-answers/recorded-answers.controller';
import { SafePeopleController } from './safe-people/safe-people.controller';
import { CollectionsController } from './collections/collections.controller';
import { ImportsController } from './imports/imports.controller';
import { DictionaryController } from './deposits/dictionary.controller';
import { Uploads, UploadsController } from './deposits/uploads.controller';
import { IncidentsController } from './incidents/incidents.controller';
import { LegalFilesController } from './legal-files/legal-files.controller';
import { AgendaController } from './meetings/agenda.controller';
import { MeetingsController } from './meetings/meetings.controller';
import { SeriesController } from './meetings/series.controller';
import { Worlds } from './meetings/worlds';
import { FORMS } from './pages/forms';
import { FormPages } from './pages/forms/form.pages';
import { ProgrammeFormPages } from './pages/forms/programme-form.pages';
import { FormDesk } from './pages/forms/form-desk';
import { Handlers } from './pages/forms/handlers';
import { IssuePages, IssueParts } from './pages/issue.pages';
import { PeoplePages } from './pages/people.pages';
import { Undeliverable } from './people/undeliverable';
import { ProjectPages, ProjectParts } from './pages/project.pages';
import { IdentityProvider } from './pages/provider';
import { ResultFormPages } from './pages/results/result-form.pages';
import { ResultPages, ResultParts } from './pages/results/result.pages';
import { PageSessions } from './pages/session';
import { Showing } from './pages/showing';
import { SignInController } from './pages/sign-in.controller';
import { TimelinePages } from './pages/timeline.pages';
import { SETTINGS } from './settings';
import { IssueController } from './issue/issue.controller';
import { RosterController } from './roster/roster.controller';
import { DiscoveryController } from './sources/discovery.controller';
import { SourcesController } from './sources/sources.controller';
import { SufficiencyController } from './sufficiency/sufficiency.controller';
import { TempoController } from './tempo/tempo.controller';
import { Starting } from './templates/starting';
import { TemplatesController } from './templates/templates.controller';
import type { Settings } from './settings';

/** Every controller; the policy test walks this list. */
export const CONTROLLERS = [
  AccountsController,
  AgreementsController,
  AnalysesController,
  BenefitsController,
  BoundariesController,
  CertificatesController,
  CheckpointsController,
  CyclesController,
  DepositsController,
  EntriesController,
  EthicsController,
  ExportsController,
  HealthController,
  InsightsController,
  InterpretationsController,
  LogController,
  MethodsController,
  OrganisationsController,
  OutputsController,
  PeopleController,
  ErasureController,
  ProgrammesController,
  ProjectsController,
  QuestionsController,
  RefinementsController,
  ReflectionsController,
  ReleasesController,
  RequestsController,
  SufficiencyController,
  AdmissibilityController,
  ClarificationsController,
  SuppositionsController,
  RefusalsController,
  CoreTeamController,
  EvidenceController,
  EvidenceFilesController,
  LinkedFilesController,
  SourcesController,
  DiscoveryController,
  IssueController,
  TempoController,
  RosterController,
  HypothesesController,
  DemandsController,
  ActionsController,
  PublicationsController,
  RegisterController,
  WorkingController,
  SafePeopleController,
  RecordedAnswersController,
  DelegationsController,
  RecordedGrantsController,
  LegalFilesController,
  IncidentsController,
  ImportsController,
  CollectionsController,
  UploadsController,
  DictionaryController,
  AgendaController,
  MeetingsController,
  SeriesController,
  TemplatesController,
  SignInController,
  ProjectPages,
  PeoplePages,
  IssuePages,
  TimelinePages,
  FormPages,
  ProgrammeFormPages,
  ResultsController,
  ResultPages,
  ResultFormPages,
];

/** What pages ask the API itself: they show its answers, and give it their commands. */
const ASKED_BY_PAGES = [
  ...[AdmissibilityController, EvidenceController, HypothesesController, RefusalsController],
  ...[EntriesController, ImportsController, IssueController, SourcesController, SufficiencyController],
  ...[ProjectsController, PeopleController, Undeliverable],
  ...[AnalysesController, OutputsController, ResultsController],
  ...FORMS.map(({ route: [controller] }) => controller),
];

/** What the API is built on; opened before it starts, closed after it stopped. */
export interface Foundations {
  handle: LedgerHandle;
  vault: Pick<Vault, 'loadResult' | 'storeEvidence' | 'loadEvidence'>;
  progress: Progress;
  provider: IdentityProvider;
  settings: Settings;
  log: Logger;
}

@Module({})
export class AppModule {
  static on({ handle, vault, progress, provider, settings, log }: Foundations): DynamicModule {
    return {
      module: AppModule,
      imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: settings.requestsPerMinute }])],
      controllers: CONTROLLERS,
      providers: [
        { provide: LedgerHandle, useValue: handle },
        { provide: SETTINGS, useValue: settings },
        { provide: Progress, useValue: progress },
        { provide: IdentityProvider, useValue: provider },
        { provide: Results, useValue: new Results(handle, vault) },
        { provide: EvidenceVault, useValue: new EvidenceVault(vault) },
        { provide: Uploads, useValue: new Uploads() },
        Commands,
        Words,
        Worlds,
        Starting,
        WaitingForMe,
        PageSessions,
        Showing,
        ...new Set(ASKED_BY_PAGES),
        Reports,
        FormDesk,
        ProjectParts,
        IssueParts,
        ResultParts,
        Handlers,
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_GUARD, useClass: PolicyGuard },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: AnswersInterceptor },
        { provide: APP_FILTER, useValue: new ProblemFilter(log, settings.language) },
      ],
    };
  }
}

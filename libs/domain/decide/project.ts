// The one entry to every rule about a project: command and state in, events or a refusal out.
import type { ProjectCommand } from '../commands';
import { refuse } from '../refusal';
import type { World } from '../state';
import type { Actor, Instant, PersonId } from '../words';
import { absentees } from '../participation/taking-part';
import { projectStatus, shifted } from '../rules/project';
import { currentCycle, isCycleSettled } from '../rules/stages';
import { admissibilityHandlers } from '../admissibility/decide';
import { changeCover, delegate, recordDecision, takeBack, withdrawDecision } from './answering';
import { keepTime } from './keeping-time';
import type { Answer, Context, Handlers } from './context';
import { accept, acting, atStage, inactive, nextId } from './context';
import { analysisHandlers } from './analyses';
import { cycleHandlers } from './cycle';
import { hypothesesHandlers, rivalsUntried } from '../hypotheses/decide';
import { insightsHandlers } from '../insights/decide';
import { actionsHandlers } from '../actions/decide';
import { publicationHandlers } from '../publication/decide';
import { bare } from './programme';
import { releaseHandlers } from './releases';
import { requestHandlers } from './requests';
import { questionHandlers } from '../questions/decide';
import { exportHandlers } from '../exports/decide';
import { tempoHandlers } from '../tempo/decide';
import { participationHandlers } from '../participation/decide';
import { reminderDue } from '../tempo/haste';
import { issueHandlers } from '../issue/decide';
import { sourceHandlers } from '../sources/decide';
import { depositHandlers } from './deposits';
import { collectionHandlers } from '../collection/decide';
import { expiryHandlers } from '../expiry/decide';
import { dictionaryHandlers } from '../dictionaries/decide';
import { objectionHandlers } from '../objections/decide';
import { legalHandlers } from '../legal/decide';
import { negotiationHandlers } from '../negotiation/decide';
import { evidenceHandlers } from '../evidence/decide';
import { ofProject, placed } from '../evidence/place';
import { meetingHandlers } from '../meetings/decide';
import { publishedHandlers } from '../published/decide';
import { outputCheckHandlers } from '../output-check/decide';
import { badFindings } from '../output-check/rules';
import { countersignDecision, recordAnswerOf, recordWithdrawalOf } from '../recorded-answers/decide';
import { recordedGrantHandlers } from '../recorded-answers/grants';

const lifecycleHandlers: Pick<
  Handlers,
  | 'StartProject'
  | 'RecordEthics'
  | 'EndEthics'
  | 'CloseAnalysisStage'
  | 'SettleEmpty'
  | 'ReopenStage'
  | 'SuspendProject'
  | 'ResumeProject'
  | 'CloseProject'
> = {
  StartProject: (context, { programme, title }) => {
    const lead = acting(context, ['projectLead']);
    if (!lead.ok) return lead;
    if (context.world.project.version > 0)
      return refuse('CONFLICT', 'ALREADY_STARTED', 'the project has already been started', 'use it as it is');
    return accept({ type: 'ProjectStarted', data: { programme, title, lead: lead.person, rulesVersion: 2 } });
  },
  RecordEthics: (context, command) => {
    const by = acting(context, ['projectLead', 'researcher', 'ethicsReviewer']);
    if (!by.ok) return by;
    if (command.expires <= context.now)
      return refuse('INVALID', 'EXPIRED', 'the approval has already expired', 'record one in force');
    return accept({ type: 'EthicsRecorded', data: { ethics: nextId(context, 'e'), ...command } });
  },
  EndEthics: (context, command) => {
    const by = acting(context, ['projectLead', 'researcher', 'ethicsReviewer']);
    if (!by.ok) return by;
    const known = context.world.project.ethics.find((e) => e.id === command.ethics);
    if (!known || known.endedAt)
      return refuse(
        'NOT_FOUND',
        'UNKNOWN_ETHICS',
        `no approval ${command.ethics} is in force`,
        'check the id',
      );
    return accept({ type: 'EthicsEnded', data: command });
  },
  CloseAnalysisStage: (context) => {
    const lead = acting(context, ['projectLead']);
    if (!lead.ok) return lead;
    const at = atStage(context, 'analysis', ['OPEN', 'REOPENED']);
    if (!at.ok) return at;
    return accept({ type: 'AnalysisStageClosed', data: { cycle: at.cycle.id } });
  },
  SettleEmpty: (context, { stage, reason }) => {
    const lead = acting(context, ['projectLead']);
    if (!lead.ok) return lead;
    const at = atStage(context, stage, ['OPEN', 'REOPENED']);
    if (!at.ok) return at;
    return accept({ type: 'StageSettledEmpty', data: { cycle: at.cycle.id, stage, reason } });
  },
  ReopenStage: (context, { stage, reason }) => {
    const lead = acting(context, ['projectLead']);
    if (!lead.ok) return lead;
    const at = atStage(context, stage, ['SETTLED']);
    if (!at.ok) return at;
    return accept({ type: 'StageReopened', data: { cycle: at.cycle.id, stage, reason } });
  },
  SuspendProject: (context, command) => {
    const lead = acting(context, ['projectLead']);
    return lead.ok ? accept({ type: 'ProjectSuspended', data: command }) : lead;
  },
  ResumeProject: (context) => {
    const lead = acting(context, ['projectLead']);
    if (!lead.ok) return lead;
    if (projectStatus(context.world.project) !== 'SUSPENDED')
      return refuse('CONFLICT', 'NOT_SUSPENDED', 'the project is not suspended', 'nothing needs to be done');
    return accept({ type: 'ProjectResumed', data: {} });
  },
  CloseProject: (context, command) => {
    const lead = acting(context, ['projectLead']);
    if (!lead.ok) return lead;
    const { project } = context.world;
    if (projectStatus(project) === 'CLOSED')
      return refuse(
        'CONFLICT',
        'PROJECT_CLOSED',
        'the project is closed already',
        'nothing needs to be done',
      );
    const cycle = currentCycle(project);
    if (cycle && !isCycleSettled(context.world, cycle, context.now))
      return refuse(
        'CONFLICT',
        'CYCLE_OPEN',
        `cycle ${cycle.id} is not settled`,
        'a cycle ends in refinement; settle it, with reasons, first',
      );
    const untried = rivalsUntried(context);
    if (untried) return untried;
    return accept({ type: 'ProjectClosed', data: command });
  },
};

const handlers: Handlers = {
  ...lifecycleHandlers,
  ...cycleHandlers,
  ...requestHandlers,
  ...depositHandlers,
  ...releaseHandlers,
  ...analysisHandlers,
  ...questionHandlers,
  ...tempoHandlers,
  ...exportHandlers,
  ...participationHandlers,
  ...issueHandlers,
  ...sourceHandlers,
  ...admissibilityHandlers,
  ...negotiationHandlers,
  ...placed(evidenceHandlers, ofProject),
  ...placed(meetingHandlers, ofProject),
  ...hypothesesHandlers,
  ...insightsHandlers,
  ...actionsHandlers,
  ...publicationHandlers,
  ...legalHandlers,
  ...collectionHandlers,
  ...objectionHandlers,
  ...dictionaryHandlers,
  ...expiryHandlers,
  ...outputCheckHandlers,
  ...publishedHandlers,
  ...recordedGrantHandlers,
};

/** The engine gives these again and again; while a project rests they have nothing to do, which is no refusal. */
const BY_THE_CLOCK: ProjectCommand['type'][] = ['KeepTime', 'KeepRequestTime', 'AnnounceStage', 'SendPack'];

/** Commands that only close, and so are possible in every project state; and the one before there is any. */
const ALWAYS: ProjectCommand['type'][] = [
  'StartProject',
  'WithdrawDecision',
  'RecordWithdrawalOf',
  'TakeBackDelegation',
  'WithdrawGrant',
  'RecordGrantWithdrawalOf',
  'RecordObjection',
  'KeepExpiryTime',
  'CancelAnalysis',
  'WithholdOutput',
  'EndAnalysis',
  'EndEthics',
  'ResumeProject',
  'CloseProject',
  'RefuseDeposit',
  'CertifyDepositDestroyed',
  'CertifyReleaseDestroyed',
  'GiveUpRelease',
  'RecordIncident',
  'ReportIncident',
  'KeepIncidentTime',
  'GivePermit', // the gate itself says that the project is not active
  'WithdrawResearchUse',
  'CancelMeeting',
  'RecordLegalCheck',
  'RecordExport', // what was recorded may be carried away, whatever became of the project
];

/** What was found is accounted for and published after a project has closed, too; none of this opens data. */
const AFTER_CLOSING: ProjectCommand['type'][] = [
  'WriteSummary',
  'ApproveSummary',
  'ReportAction',
  'NameContact',
  'ProposePublication',
  'CommentOnPublication',
  'AnswerComment',
  'DissentFromPublication',
  'PublishFinding',
  'WithholdFinding',
  'CommentOnOutput',
];

const isPossible = ({ project }: World, type: ProjectCommand['type']): boolean =>
  ALWAYS.includes(type) || (AFTER_CLOSING.includes(type) && projectStatus(project) === 'CLOSED');

/** The project's roster decides who is asked, and so who may be asked instead. */
const notTakingPart = (world: World, person: PersonId, now: Instant) =>
  absentees(world, now).includes(person)
    ? refuse(
        'INVALID',
        'DELEGATE',
        `${person} does not take part in this project`,
        'choose one of the colleagues listed',
      )
    : null;

/** Events, or a refusal with its reason and what would make the command possible. */
export function decideProject(world: World, command: ProjectCommand, actor: Actor, now: Instant): Answer {
  const context: Context = { world, actor, now };
  const closed = isPossible(world, command.type) ? null : inactive(context);
  if (closed) return BY_THE_CLOCK.includes(command.type) ? accept() : closed;
  const answering = { programme: world.programme, checkpoints: world.project.checkpoints, actor, now };
  const hearing = { ...answering, evidence: world.project.evidence };
  switch (command.type) {
    case 'RecordDecision': {
      const decided = recordDecision(answering, bare(command));
      return decided.ok ? (badFindings(world, command) ?? decided) : decided;
    }
    case 'WithdrawDecision':
      return withdrawDecision(answering, bare(command));
    case 'RecordAnswerOf':
      return recordAnswerOf(hearing, bare(command));
    case 'RecordWithdrawalOf':
      return recordWithdrawalOf(hearing, bare(command));
    case 'CountersignDecision':
      return countersignDecision(hearing, bare(command));
    case 'DelegateSigning':
      return notTakingPart(world, command.to, now) ?? delegate(answering, bare(command));
    case 'TakeBackDelegation':
      return takeBack(answering, bare(command));
    case 'ChangeCover':
      return changeCover(answering, bare(command));
    case 'KeepTime':
      return isPermitted(world, command.checkpoint)
        ? accept()
        : keepTime(answering, bare(command), {
            deadline: (since, planned) => shifted(world.project, since, planned, now),
            reminder: (since, planned) => reminderDue(world.project, since, planned, now),
          });
    default: {
      const handle = handlers[command.type] as (context: Context, command: unknown) => Answer;
      return handle(context, bare(command));
    }
  }
}

/** A permit given ends the waiting: nobody is reminded of a TRUST that has been counted. */
function isPermitted({ project }: World, checkpoint: string): boolean {
  const subject = project.checkpoints[checkpoint]?.rounds.at(-1)?.subject;
  return subject?.type === 'release' && project.releases[subject.id]?.permit != null;
}

// Commands on releases, permits and analysis runs.
import type { ProjectEvent } from '../events';
import { refuse } from '../refusal';
import type { Analysis, DataRequest, Release } from '../state';
import { TIERS } from '../words';
import { releaseOutside, boundaryInForce, exposedOf, holdersOf } from '../rules/boundary';
import { institutionsOf } from '../rules/agreement';
import { benefitRound, readGate, releaseGate, releaseStatus } from '../rules/gate';
import { acceptedDeposit, earlierPermitted, grantStands, waveOf } from '../rules/requests';
import { resultStatus } from '../rules/results';
import { currentQuestion } from '../rules/stages';
import { ask } from './cycle';
import type { Context, Handler, Handlers, Refused } from './context';
import { accept, acting, atStage, nextId, onlyProcess, underAgreement } from './context';
import { lacksCitation } from './requests';

type Granted = { ok: true; requests: DataRequest[] } | Refused;

/** The requests of a release: of this cycle, each with a standing grant of at least the tier. */
function grantedRequests(context: Context, ids: string[], cycle: string, tier: Release['tier']): Granted {
  const { project } = context.world;
  const requests: DataRequest[] = [];
  for (const id of [...new Set(ids)]) {
    const request = project.requests[id];
    if (!request || request.cycle !== cycle)
      return refuse(
        'NOT_FOUND',
        'UNKNOWN_REQUEST',
        `there is no request ${id} in cycle ${cycle}`,
        'check the id',
      );
    if (!grantStands(request, context.now))
      return refuse(
        'CONFLICT',
        'NO_GRANT',
        `no grant stands for ${id}`,
        'wait for the holder, or leave it out',
      );
    if (
      TIERS.indexOf(tier) > TIERS.indexOf(request.answer?.grant?.tier ?? 'AGGREGATE') &&
      tier !== 'LINKED_DEIDENTIFIED'
    )
      return refuse(
        'INVALID',
        'MORE_THAN_GRANTED',
        `request ${id} was granted as ${request.answer?.grant?.tier}`,
        'release that tier or a lower one',
      );
    if (!acceptedDeposit(project, id))
      return refuse(
        'CONFLICT',
        'NO_DEPOSIT',
        `no deposit has been accepted for ${id}`,
        'the data custodian deposits first',
      );
    requests.push(request);
  }
  return requests.length > 0
    ? { ok: true, requests }
    : refuse('INVALID', 'NO_REQUEST', 'a release rests on at least one request', 'name the requests');
}

const proposeRelease: Handler<'ProposeRelease'> = (context, command) => {
  const by = acting(context, ['projectLead', 'researcher']);
  if (!by.ok) return by;
  const at = atStage(context, 'dataRequest', ['OPEN', 'REOPENED']);
  if (!at.ok) return at;
  const { world, now } = context;
  const granted = grantedRequests(context, command.requests, at.cycle.id, command.tier);
  if (!granted.ok) return granted;
  const question = currentQuestion(world, at.cycle, now);
  const boundary = boundaryInForce(world, now);
  if (!question || !boundary)
    return refuse(
      'CONFLICT',
      'NO_BOUNDARY',
      'no boundary is in force',
      'have LEGAL and ETHICAL signed first',
    );
  const requestRound = Math.max(...granted.requests.map((r) => r.requestRound));
  const uncited = lacksCitation(context, requestRound, command.rationale.cites);
  if (uncited) return uncited;
  const data = {
    ...command,
    requests: granted.requests.map((r) => r.id),
    release: nextId(context, 'rel'),
    cycle: at.cycle.id,
    requestRound,
    wave: waveOf(world.project, requestRound),
    deposits: granted.requests.flatMap((r) => acceptedDeposit(world.project, r.id)?.id ?? []),
    question: question.id,
    boundary: boundary.id,
  };
  const outside = releaseOutside(world.project, boundary.scope, asRelease(data, by.person, now));
  if (outside.length > 0)
    return refuse(
      'CONFLICT',
      'OUTSIDE_BOUNDARY',
      `outside the boundary in force: ${outside.join(', ')}`,
      'ask for less, or amend the boundary and have it signed afresh',
    );
  return accept({ type: 'ReleaseProposed', data });
};

type Proposed = Extract<ProjectEvent, { type: 'ReleaseProposed' }>['data'];
const asRelease = ({ release, ...terms }: Proposed, proposer: string, proposedAt: string): Release => ({
  ...terms,
  id: release,
  proposer,
  proposedAt,
  sealed: null,
  permit: null,
  givenUpAt: null,
  destroyed: null,
});

type FoundRelease = { ok: true; release: Release } | Refused;
function find({ world }: Context, id: string): FoundRelease {
  const release = world.project.releases[id];
  return release
    ? { ok: true, release }
    : refuse('NOT_FOUND', 'UNKNOWN_RELEASE', `there is no release ${id}`, 'check the id');
}

/** Sealing puts the manifest up for TRUST; the proposer is the person who proposed the release. */
const sealRelease: Handler<'SealRelease'> = (context, command) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const found = find(context, command.release);
  if (!found.ok) return found;
  const { release } = found;
  if (releaseStatus(context.world, release, context.now) !== 'PROPOSED')
    return refuse(
      'CONFLICT',
      'RELEASE_STATUS',
      'the release is not waiting to be sealed',
      'nothing needs to be done',
    );
  if (release.wave > 1 && !benefitRound(context.world, release.wave))
    return refuse(
      'CONFLICT',
      'NO_BENEFIT_ACCOUNT',
      `wave ${release.wave} needs an account of earlier waves first`,
      'propose the benefit account',
    );
  const scope = context.world.project.boundaries.find((b) => b.id === release.boundary)?.scope;
  const holders = release.requests.flatMap((id) => context.world.project.requests[id]?.holder ?? []);
  const trust = ask(context, {
    kind: 'TRUST',
    subject: { type: 'release', id: release.id },
    content: command.content,
    proposer: release.proposer,
    context: { holders, exposed: scope ? exposedOf(scope) : holders },
  });
  return trust.ok ? accept({ type: 'ReleaseSealed', data: command }, ...trust.events) : trust;
};

/** BENEFIT: what earlier waves gave and cost, signed once per wave by every party. */
const proposeBenefit: Handler<'ProposeBenefit'> = (context, { wave, content }) => {
  const by = acting(context, ['projectLead', 'researcher', 'policyOfficial']);
  if (!by.ok) return by;
  const under = underAgreement(context);
  if (!under.ok) return under;
  const at = atStage(context, 'dataRequest', ['OPEN', 'REOPENED']);
  if (!at.ok) return at;
  const { project } = context.world;
  const earlier = earlierPermitted(project, wave);
  const due =
    1 +
    new Set(
      Object.values(project.releases)
        .filter((r) => r.permit)
        .map((r) => r.requestRound),
    ).size;
  if (wave < 2 || wave > due || earlier.length === 0)
    return refuse(
      'INVALID',
      'WAVE',
      `no wave before ${wave} was released, so there is nothing to account for`,
      'a benefit account begins with wave 2',
    );
  const sealedIn = Object.values(project.releases).some((r) => r.wave === wave && r.sealed && !r.givenUpAt);
  if (sealedIn)
    return refuse(
      'CONFLICT',
      'ALREADY_SEALED',
      `a release of wave ${wave} already rests on the account`,
      'give that release up first',
    );
  const holders = earlier.flatMap((r) => r.requests.flatMap((id) => project.requests[id]?.holder ?? []));
  const round = ask(context, {
    kind: 'BENEFIT',
    subject: { type: 'wave', id: `w${wave}`, wave },
    content,
    proposer: by.person,
    context: { parties: [...institutionsOf(under.agreement), ...holders] },
  });
  return round.ok
    ? accept({ type: 'BenefitProposed', data: { wave, cycle: at.cycle.id, content } }, ...round.events)
    : round;
};

const givePermit: Handler<'GivePermit'> = (context, { release: id }) => {
  const found = find(context, id);
  if (!found.ok) return found;
  const { release } = found;
  if (release.permit) return accept();
  const gate = releaseGate(context.world, release, context.now);
  if (!gate.open) {
    const reasons = gate.missing.map((m) => m.reason).join('; ');
    return refuse(
      'CONFLICT',
      'GATE_CLOSED',
      `the gate is closed: ${reasons}`,
      'what is missing is listed with whose move it is',
      gate.missing,
    );
  }
  const foreign = onlyProcess(context, 'gate');
  if (foreign) return foreign;
  const { programme, project } = context.world;
  return accept({
    type: 'PermitGiven',
    data: {
      release: id,
      wave: release.wave,
      core: release.sealed?.content.core ?? '',
      conditions: gate.conditions,
      expires: gate.expires,
      programmeVersion: programme.version,
      projectVersion: project.version,
    },
  });
};

const registerAnalysis: Handler<'RegisterAnalysis'> = (context, command) => {
  const by = acting(context, ['researcher']);
  if (!by.ok) return by;
  const at = atStage(context, 'analysis', ['OPEN', 'REOPENED']);
  if (!at.ok) return at;
  const found = find(context, command.release);
  if (!found.ok) return found;
  const { release } = found;
  const { world, now } = context;
  const gate = readGate(world, release, now);
  if (!gate.open)
    return refuse(
      'CONFLICT',
      'NOT_READABLE',
      gate.missing.map((m) => m.reason).join('; '),
      'analyses read live releases only',
      gate.missing,
    );
  if (!release.readers.includes(by.person))
    return refuse(
      'FORBIDDEN',
      'NOT_A_READER',
      'this person is not among the readers of the release',
      'amend the boundary and propose a new release',
    );
  if (!release.methods.includes(command.method))
    return refuse(
      'CONFLICT',
      'METHOD_NOT_SIGNED',
      `the method "${command.method}" was not signed for this release`,
      `use ${release.methods.join(', ')}, or amend the boundary`,
    );
  const stale =
    currentQuestion(world, at.cycle, now)?.id !== release.question && release.cycle === at.cycle.id;
  if (stale || boundaryInForce(world, now)?.id !== release.boundary)
    return refuse(
      'CONFLICT',
      'AMENDED',
      'question or boundary were amended after this release was signed',
      'a run under the new versions needs a new release',
    );
  const { question, boundary } = release;
  return accept({
    type: 'AnalysisRegistered',
    data: { analysis: nextId(context, 'a'), cycle: at.cycle.id, question, boundary, ...command },
  });
};

type FoundAnalysis = { ok: true; analysis: Analysis; release: Release } | Refused;
function findAnalysis(context: Context, id: string): FoundAnalysis {
  const analysis = context.world.project.analyses[id];
  const release = analysis && context.world.project.releases[analysis.release];
  return analysis && release
    ? { ok: true, analysis, release }
    : refuse('NOT_FOUND', 'UNKNOWN_ANALYSIS', `there is no analysis ${id}`, 'check the id');
}

const openRead: Handler<'OpenRead'> = (context, { analysis: id }) => {
  const foreign = onlyProcess(context, 'gate');
  if (foreign) return foreign;
  const found = findAnalysis(context, id);
  if (!found.ok) return found;
  const { analysis, release } = found;
  if (analysis.ended) return refuse('CONFLICT', 'ENDED', 'the analysis has ended', 'register a new one');
  const gate = readGate(context.world, release, context.now);
  if (!gate.open)
    return refuse(
      'CONFLICT',
      'NOT_READABLE',
      gate.missing.map((m) => m.reason).join('; '),
      'a closed release is read by nobody',
      gate.missing,
    );
  return accept({
    type: 'ReadOpened',
    data: { release: release.id, analysis: id, read: analysis.reads.length + 1 },
  });
};

/** A result is recorded only while the permit is live; it goes straight up for the output check. */
const endAnalysis: Handler<'EndAnalysis'> = (context, command) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const found = findAnalysis(context, command.analysis);
  if (!found.ok) return found;
  const { analysis, release } = found;
  if (analysis.ended) return accept();
  if (!command.result) return accept({ type: 'AnalysisEnded', data: command });
  const gate = readGate(context.world, release, context.now);
  if (!gate.open)
    return refuse(
      'CONFLICT',
      'NOT_READABLE',
      gate.missing.map((m) => m.reason).join('; '),
      'end the run without a result',
      gate.missing,
    );
  const output = ask(context, {
    kind: 'OUTPUT',
    subject: { type: 'output', id: analysis.id },
    content: command.result,
    proposer: analysis.author,
  });
  return output.ok ? accept({ type: 'AnalysisEnded', data: command }, ...output.events) : output;
};

const withholdOutput: Handler<'WithholdOutput'> = (context, command) => {
  const by = acting(context, ['outputChecker']);
  if (!by.ok) return by;
  const found = findAnalysis(context, command.analysis);
  if (!found.ok) return found;
  if (found.analysis.author === by.person)
    return refuse(
      'FORBIDDEN',
      'SELF_APPROVAL',
      'the author does not check the output',
      'another checker decides',
    );
  const status = resultStatus(context.world, found.analysis, context.now);
  if (status !== 'UNCHECKED')
    return refuse(
      'CONFLICT',
      'RESULT_STATUS',
      `the result is ${status}`,
      'a checked result is withdrawn instead',
    );
  return accept({ type: 'OutputWithheld', data: command });
};

export const releaseHandlers: Pick<
  Handlers,
  | 'ProposeRelease'
  | 'SealRelease'
  | 'GiveUpRelease'
  | 'ProposeBenefit'
  | 'GivePermit'
  | 'RegisterAnalysis'
  | 'OpenRead'
  | 'EndAnalysis'
  | 'WithholdOutput'
  | 'CertifyReleaseDestroyed'
> = {
  ProposeRelease: proposeRelease,
  SealRelease: sealRelease,
  GiveUpRelease: (context, command) => {
    const by = acting(context, ['projectLead']);
    if (!by.ok) return by;
    const found = find(context, command.release);
    if (!found.ok) return found;
    if (found.release.permit || found.release.givenUpAt)
      return refuse(
        'CONFLICT',
        'RELEASE_STATUS',
        'the release is permitted or given up already',
        'a permitted release is withdrawn instead',
      );
    return accept({ type: 'ReleaseGivenUp', data: command });
  },
  ProposeBenefit: proposeBenefit,
  GivePermit: givePermit,
  RegisterAnalysis: registerAnalysis,
  OpenRead: openRead,
  EndAnalysis: endAnalysis,
  WithholdOutput: withholdOutput,
  CertifyReleaseDestroyed: (context, command) => {
    const foreign = onlyProcess(context, 'worker');
    if (foreign) return foreign;
    const found = find(context, command.release);
    if (!found.ok) return found;
    return found.release.destroyed ? accept() : accept({ type: 'ReleaseDestroyed', data: command });
  },
};

// Commands on releases: proposing, sealing, the account of earlier waves, the permit.
import type { ProjectEvent } from '../events';
import { refuse } from '../refusal';
import type { DataRequest, ProjectState, Release } from '../state';
import { TIERS } from '../words';
import { boundaryInForce, releaseOutside } from '../rules/boundary';
import { institutionsOf } from '../rules/agreement';
import { notJoinable } from '../published/joining';
import { isPublishedOnly } from '../published/rules';
import { notLinked, proposePublished, usableImports } from '../published/releasing';
import { benefitRound } from '../rules/checks';
import { releaseGate, releaseStatus } from '../rules/gate';
import { acceptedDeposit, earlierPermitted, grantStands, waveOf } from '../rules/requests';
import { currentCycle, currentQuestion } from '../rules/stages';
import { heedOf, isMadeAnew } from '../objections/rules';
import { ask } from './proposing';
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
  const under = underAgreement(context);
  if (!under.ok) return under;
  if (isPublishedOnly(command)) return proposePublished(context, command);
  const { world, now } = context;
  const cycle = currentCycle(world.project);
  const stage = atStage(context, 'dataRequest', ['OPEN', 'REOPENED']);
  const at =
    cycle && isMadeAnew(world.project, cycle, command.requests) ? { ok: true as const, cycle } : stage;
  if (!at.ok) return at;
  if (command.expires <= now)
    return refuse('INVALID', 'EXPIRED', 'the release would have expired already', 'name a later instant');
  const published = usableImports(context, command.imports ?? []);
  if (!published.ok) return published;
  const apart = published.imports.length > 0 ? notLinked(command.tier) : null;
  if (apart) return apart;
  const granted = grantedRequests(context, command.requests, at.cycle.id, command.tier);
  if (!granted.ok) return granted;
  const unjoined = notJoinable(granted.requests, published.imports);
  if (unjoined) return unjoined;
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
    deposits: [...granted.requests, ...published.imports].flatMap(
      ({ id }) => acceptedDeposit(world.project, id)?.id ?? [],
    ),
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
export function findRelease({ world }: Context, id: string): FoundRelease {
  const release = world.project.releases[id];
  return release
    ? { ok: true, release }
    : refuse('NOT_FOUND', 'UNKNOWN_RELEASE', `there is no release ${id}`, 'check the id');
}

/** What was recorded while the release was made, and which it therefore does not heed; null if there is nothing. */
function sinceMade(project: ProjectState, release: Release, heeded: string[], compared: string[]) {
  const heed = heedOf(project, release);
  const objections = heed.heeded.filter((id) => !heeded.includes(id));
  if (objections.length > 0)
    return refuse(
      'CONFLICT',
      'OBJECTIONS_SINCE',
      `people objected since this release was made: ${objections.join(', ')}`,
      'make it anew without them',
    );
  const releases = heed.compared.filter((id) => !compared.includes(id));
  if (releases.length > 0)
    return refuse(
      'CONFLICT',
      'RELEASES_SINCE',
      `releases were sealed since this one was compared with the others: ${releases.join(', ')}`,
      'make it anew and compare it with them too',
    );
  const unknown = heeded.filter((id) => !heed.heeded.includes(id));
  return unknown.length > 0
    ? refuse('INVALID', 'UNKNOWN_OBJECTION', `nobody recorded ${unknown.join(', ')}`, 'name those there are')
    : null;
}

/** Sealing puts the manifest up for TRUST; the proposer is the person who proposed the release. */
const sealRelease: Handler<'SealRelease'> = (context, { compared, ...command }) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const found = findRelease(context, command.release);
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
  const since = sinceMade(context.world.project, release, command.heeded, compared);
  if (since) return since;
  const sealed = { type: 'ReleaseSealed', data: command } as const;
  // Published data is entrusted by nobody, so nobody is asked to sign for it.
  if (isPublishedOnly(release)) return accept(sealed);
  const scope = context.world.project.boundaries.find((b) => b.id === release.boundary)?.scope;
  const holders = release.requests.flatMap((id) => context.world.project.requests[id]?.holder ?? []);
  const trust = ask(context, {
    kind: 'TRUST',
    subject: { type: 'release', id: release.id },
    content: command.content,
    proposer: release.proposer,
    context: { holders, exposed: scope?.exposed ?? [] },
  });
  return trust.ok ? accept(sealed, ...trust.events) : trust;
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
        .filter((r) => r.permit && !isPublishedOnly(r))
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
  const found = findRelease(context, id);
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

export const releaseHandlers: Pick<
  Handlers,
  | 'ProposeRelease'
  | 'SealRelease'
  | 'GiveUpRelease'
  | 'ProposeBenefit'
  | 'GivePermit'
  | 'CertifyReleaseDestroyed'
> = {
  ProposeRelease: proposeRelease,
  SealRelease: sealRelease,
  GiveUpRelease: (context, command) => {
    const by = acting(context, ['projectLead']);
    if (!by.ok) return by;
    const found = findRelease(context, command.release);
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
  CertifyReleaseDestroyed: (context, command) => {
    const foreign = onlyProcess(context, 'worker');
    if (foreign) return foreign;
    const found = findRelease(context, command.release);
    if (!found.ok) return found;
    return found.release.destroyed ? accept() : accept({ type: 'ReleaseDestroyed', data: command });
  },
};

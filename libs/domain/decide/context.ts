// What every project command is judged against, and the few checks most of them share.
import type { ProjectOnlyCommands } from '../commands';
import type { ProjectEvent } from '../events';
import type { Decided, Refusal } from '../refusal';
import { refuse } from '../refusal';
import type { Agreement, Cycle, World } from '../state';
import type { Actor, Instant, PersonId, Role, Stage, StageStatus } from '../words';
import { agreementInForce, organisationsOf } from '../rules/agreement';
import { projectStatus } from '../rules/project';
import { tenureOf } from '../rules/roster';
import { currentCycle, stageStatus } from '../rules/stages';
import { takesPart } from '../participation/taking-part';

export interface Context {
  world: World;
  actor: Actor;
  now: Instant;
}
export type Answer = Decided<ProjectEvent>;
export type Refused = { ok: false; refusal: Refusal };
export type Handler<T extends keyof ProjectOnlyCommands> = (
  context: Context,
  command: ProjectOnlyCommands[T],
) => Answer;
export type Handlers = { [T in keyof ProjectOnlyCommands]: Handler<T> };

export const accept = (...events: ProjectEvent[]): Answer => ({ ok: true, events });

/** The next id of a kind: `c1`, `q2`, `rel3`; never used twice within the stream. */
export const nextId = ({ world }: Context, prefix: string): string =>
  `${prefix}${(world.project.counters[prefix] ?? 0) + 1}`;

export const isProcess = ({ actor }: Context, name: 'worker' | 'gate'): boolean =>
  'process' in actor && actor.process === name;

/** Refuses unless one of the engine's own processes gives the command. */
export const onlyProcess = (context: Context, name: 'worker' | 'gate'): Refused | null =>
  isProcess(context, name)
    ? null
    : refuse('FORBIDDEN', 'ENGINE_ONLY', 'only the engine itself does this', 'nothing needs to be done');

type Acting = { ok: true; person: PersonId; organisation: string; roles: Role[] } | Refused;

/** As `onRoster`, and taking part in this project. */
export function acting(context: Context, roles: readonly Role[] = []): Acting {
  const by = onRoster(context, roles);
  if (!by.ok || takesPart(context.world, by.person, by.organisation)) return by;
  return refuse(
    'FORBIDDEN',
    'NOT_IN_PROJECT',
    'this person’s organisation has named others for this project',
    'ask its registrar to name you',
  );
}

/** The acting person with the organisation and roles held now, or a refusal; `roles` empty means anybody on the roster. */
export function onRoster({ world, actor, now }: Context, roles: readonly Role[] = []): Acting {
  const person = 'person' in actor ? actor.person : null;
  if (person === null)
    return refuse(
      'FORBIDDEN',
      'NOT_A_PERSON',
      'only a person may do this',
      'sign in as a person of the project',
    );
  const tenure = tenureOf(world.programme, person, now);
  if (!tenure)
    return refuse(
      'FORBIDDEN',
      'NOT_ON_ROSTER',
      'this person is not on the roster',
      'ask a registrar to attest them',
    );
  if (roles.length > 0 && !tenure.roles.some((role) => roles.includes(role)))
    return refuse(
      'FORBIDDEN',
      'WRONG_ROLE',
      `this needs the role ${roles.join(' or ')}`,
      'ask somebody who holds it',
    );
  return { ok: true, person, organisation: tenure.organisation, roles: tenure.roles };
}

type WithAgreement = { ok: true; agreement: Agreement; organisations: string[] } | Refused;

/** Nothing is asked, requested or released without an agreement in force (B5). */
export function underAgreement({ world, now }: Context): WithAgreement {
  const agreement = agreementInForce(world.programme, now);
  return agreement
    ? { ok: true, agreement, organisations: organisationsOf(agreement) }
    : refuse(
        'CONFLICT',
        'NO_AGREEMENT',
        'no collaboration agreement is in force',
        'have it signed by every institution first',
      );
}

type WithStage = { ok: true; cycle: Cycle; status: StageStatus } | Refused;

/** The current cycle with the stage in one of `allowed` statuses, or a refusal that says where it stands. */
export function atStage({ world, now }: Context, stage: Stage, allowed: StageStatus[]): WithStage {
  const cycle = currentCycle(world.project);
  if (!cycle) return refuse('CONFLICT', 'NO_CYCLE', 'no cycle has been started', 'start a cycle first');
  const status = stageStatus(world, cycle, stage, now);
  return allowed.includes(status)
    ? { ok: true, cycle, status }
    : refuse(
        'CONFLICT',
        'WRONG_STAGE',
        `the stage ${stage} of cycle ${cycle.id} is ${status}`,
        REMEDY[status],
      );
}

const REMEDY: Record<StageStatus, string> = {
  WAITING: 'settle the stages before it first',
  OPEN: 'put it up for sign-off first',
  ASKED: 'wait for the answers',
  CHANGES_REQUESTED: 'propose a new version',
  REJECTED: 'propose a new version',
  LAPSED: 'propose it again',
  REOPENED: 'settle it again first',
  SETTLED: 'reopen it, or go on in the next cycle',
};

/** What a suspended or closed project refuses; withdrawals never come here. */
export function inactive({ world }: Context): Refused | null {
  const status = projectStatus(world.project);
  if (status === 'ACTIVE') return null;
  return status === 'CLOSED'
    ? refuse('CONFLICT', 'PROJECT_CLOSED', 'the project is closed', 'start a new project')
    : refuse(
        'CONFLICT',
        'PROJECT_SUSPENDED',
        'the project is suspended',
        'resume it first; nothing has lost its place',
      );
}

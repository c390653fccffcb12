// Conditions on the person who acts, each a pure function that allows or says why not.
import { holds, resultStatus, tenureOf } from '#libs/domain';
import type { Instant, ProgrammeState, ProjectState, Role } from '#libs/domain';

/** Who acts: a person of a programme, or an administrator of the installation. */
export interface Viewer {
  person: string | null;
  administrator: string | null;
  programme: string | null;
  scopes: string[];
}

/** What is acted on, by the ids in the route. */
export interface Resource {
  deposit?: string;
  analysis?: string;
}

/** The state it is judged by; null where the route names no programme or project. */
export interface Standing {
  programme: ProgrammeState | null;
  project: ProjectState | null;
  now: Instant;
}

export type Allowed = { allowed: true } | { allowed: false; reason: string };
export type Who = (viewer: Viewer, resource: Resource, standing: Standing) => Allowed;

const yes: Allowed = { allowed: true };
const no = (reason: string): Allowed => ({ allowed: false, reason });

export const anyAccount: Who = () => yes;

export const administrator: Who = (viewer) =>
  viewer.administrator === null ? no('only an administrator of the installation does this') : yes;

/** Holds one of the roles now, in the programme the route is about; without a route's programme, in their own. */
export const holding =
  (...roles: Role[]): Who =>
  (viewer, _resource, { programme, now }) => {
    const needed = roles.length === 0 ? 'anyone of the programme' : roles.join(' or ');
    if (viewer.person === null) return no(`this is for ${needed}; administrators decide nothing`);
    // Routes whose body names the programme are judged again by the domain, with that programme.
    if (programme === null) return yes;
    return holds(programme, viewer.person, roles, now) ? yes : no(`this is for ${needed}, in this programme`);
  };

export const member: Who = holding();
export const auditor: Who = holding('auditor');

export const either =
  (...options: Who[]): Who =>
  (viewer, resource, standing) => {
    const answers = options.map((who) => who(viewer, resource, standing));
    return answers.find((a) => a.allowed) ?? answers.find((a) => !a.allowed) ?? no('nobody may do this');
  };

/** A person of the organisation whose deposit it is. */
export const holderOfDeposit: Who = (viewer, { deposit }, { programme, project, now }) => {
  const request = project?.deposits[deposit ?? '']?.request;
  const holder = project?.imports[request ?? '']?.organisation ?? project?.requests[request ?? '']?.holder;
  const tenure = programme && viewer.person ? tenureOf(programme, viewer.person, now) : null;
  return tenure !== null && tenure.organisation === holder
    ? yes
    : no("the report of a deposit is for the holder's own people");
};

/** A person of the organisation that imports the published file. */
export const importerOfDeposit: Who = (viewer, at, around) =>
  around.project?.imports[around.project.deposits[at.deposit ?? '']?.request ?? '']
    ? holderOfDeposit(viewer, at, around)
    : no('nothing published was imported as this deposit');

/** Before the output check only checkers who are not the author; what passed it, the whole programme. */
export const resultReader: Who = (viewer, { analysis: id }, { programme, project, now }) => {
  const analysis = project?.analyses[id ?? ''];
  if (!programme || !project || !analysis || viewer.person === null) return no('there is no result to read');
  const isChecker =
    holds(programme, viewer.person, ['outputChecker'], now) && analysis.author !== viewer.person;
  if (isChecker) return yes;
  const status = resultStatus({ programme, project }, analysis, now);
  if (status !== 'CHECKED' && status !== 'FLAGGED')
    return no(
      `the result is ${status}: until the output check passes only an output checker, who is not its author, sees it`,
    );
  return member(viewer, {}, { programme, project, now });
};

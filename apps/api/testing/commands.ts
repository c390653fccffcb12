// Every command that the API describes, and who of a team may try it: taken from the description, so that none is forgotten.
import { CONTROLLERS } from '../app.module';
import { can } from '../policy/can';
import { POLICY } from '../policy/does';
import type { Policy } from '../policy/does';
import type { ApiClient } from './client';
import { PEOPLE } from './installation';
import type { PersonKey, Team } from './installation';
import type { Schema } from './samples';
import { askOf, inDays } from './setting-up';

export interface Command {
  path: string;
  /** Controller and handler. */
  operation: string;
  policy: Policy;
  schema: Schema;
}

const POST = 1;

/** Every handler of a POST, by controller and name: what the description has to hold, whatever it calls the paths. */
export const handlersOfPosts = (): string[] =>
  CONTROLLERS.filter(({ name }) => name.endsWith('Controller')).flatMap((controller) =>
    Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(([name, { value }]) =>
      typeof value === 'function' && Reflect.getMetadata('method', value as object) === POST
        ? [`${controller.name.replace(/Controller$/, '')}_${name}`]
        : [],
    ),
  );

interface OpenApi {
  paths: Record<
    string,
    { post?: { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } } }
  >;
}

/** What takes no body is sent an empty one. */
export const NO_BODY: Schema = { type: 'object', properties: {}, required: [] };

/** Every POST but those of files, on one's own account and on pages. */
export async function commandsOf(client: ApiClient): Promise<Command[]> {
  const policies = new Map(
    CONTROLLERS.flatMap((controller) =>
      Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).map(([name, { value }]) => [
        `${controller.name.replace(/Controller$/, '')}_${name}`,
        typeof value === 'function' ? (Reflect.getMetadata(POLICY, value as object) as Policy) : undefined,
      ]),
    ),
  );
  const { paths } = await client.see<OpenApi>('/openapi.json');
  return Object.entries(paths).flatMap(([path, { post }]) => {
    const content = post?.requestBody?.content;
    const schema = content ? content['application/json']?.schema : NO_BODY;
    const operation = post?.operationId.replace(/(\[\d\])?(OfProgramme)?$/, '') ?? '';
    const policy = policies.get(operation);
    const isOurs = !/^\/(app|accounts)|\/(file|upload)$/.test(path);
    return post && schema && policy && policy !== 'public' && isOurs
      ? [{ path, operation, policy, schema }]
      : [];
  });
}

/** What the table of permissions says of this person, asked as the guard asks it. */
export function isAllowed(policy: Policy, key: PersonKey): boolean {
  if (policy === 'public') return true;
  const tenure = { organisation: 'o', roles: PEOPLE[key][1], from: '', to: null };
  const programme = { people: { [key]: { id: key, tenures: [tenure] } } };
  const viewer = { person: key, administrator: null, programme: 'p', scopes: ['*'] };
  const standing = { programme, project: null, now: new Date().toISOString() };
  return can(viewer, policy, {}, standing as never).allowed;
}

export const isAdministrators = (policy: Policy): boolean => {
  const viewer = { person: null, administrator: 'adm', programme: null, scopes: ['*'] };
  const standing = { programme: null, project: null, now: new Date().toISOString() };
  return policy !== 'public' && can(viewer, policy, {}, standing).allowed;
};

/** Of a body that fits, what its description cannot say: where one field has to agree with another, or with the team. */
export function fitting(team: Team): Record<string, object> {
  const project = '/projects/{project}';
  const { holder, ask } = askOf(team);
  return {
    [`${project}/analyses`]: { params: { outcome: 're78', groups: 'treat' } },
    [`${project}/incidents`]: { awareAt: inDays(-1) },
    [`${project}/releases`]: { requests: ['x1'] },
    [`${project}/requests`]: { holder, ask },
    [`${project}/requests/{request}/answer`]: { outcome: 'REFUSED' },
    [`${project}/questions`]: { aim: 'BROAD', options: [] },
    [`${project}/admissibility`]: { source: 'register', field: 're78' },
    [`${project}/field-ratings`]: { source: 'register', field: 're78' },
  };
}

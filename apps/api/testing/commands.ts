// Every command that the API describes, and who of a team may try it: taken from the description, so that none is forgotten.
import { CONTROLLERS } from '../app.module';
import { can } from '../policy/can';
import { POLICY } from '../policy/does';
import type { Policy } from '../policy/does';
import type { ApiClient } from './client';
import { PEOPLE } from './installation';
import type { PersonKey } from './installation';
import type { Schema } from './samples';

export interface Command {
  path: string;
  policy: Policy;
  schema: Schema;
}

interface OpenApi {
  paths: Record<
    string,
    { post?: { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } } }
  >;
}

/** What takes no body is sent an empty one. */
const NO_BODY: Schema = { type: 'object', properties: {}, required: [] };

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
    const policy = policies.get(post?.operationId.replace(/OfProgramme$/, '') ?? '');
    const isOurs = !/^\/(app|accounts)|\/(file|upload)$/.test(path);
    return post && schema && policy && policy !== 'public' && isOurs ? [{ path, policy, schema }] : [];
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

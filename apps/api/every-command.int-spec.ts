// Bad input, command by command: every operation the API describes, tried by the wrong people, at the wrong time, in the wrong shape.
import { CONTROLLERS } from './app.module';
import { can } from './policy/can';
import { POLICY } from './policy/does';
import type { Policy } from './policy/does';
import type { ApiClient } from './testing/client';
import { PEOPLE } from './testing/installation';
import type { Installation, Team } from './testing/installation';
import { expectProblem } from './testing/problem';
import { NASTY, sampleOf, textsOf, withAt } from './testing/samples';
import type { Json, Known, Schema } from './testing/samples';
import { aProjectAtWork } from './testing/setting-up';

jest.setTimeout(300_000);

interface Command {
  path: string;
  policy: Policy;
  schema: Schema;
}

let installation: Installation;
let team: Team;
let project: string;
let left: ApiClient;
let officer: ApiClient;
let commands: Command[];
let known: Known;

beforeAll(async () => {
  ({ installation, team, project } = await aProjectAtWork());
  left = await someoneWhoLeft();
  officer = (await joined('The officer', 'dataProtectionOfficer')).client;
  known = {
    ...{ organisation: team.organisations['holder'] ?? '', person: team.people.official.id },
    programme: team.programme,
  };
  commands = await described(team.people.lead.client);
});
afterAll(() => installation?.stop());

async function joined(name: string, role: string): Promise<{ id: string; client: ApiClient }> {
  const { id } = await team.people.layMember.client.make(`/programmes/${team.programme}/people`, {
    ...{ organisation: team.organisations['panel'], roles: [role] },
    ...{ name, address: `new-${role.toLowerCase()}@panel.example` },
  });
  return { id, client: installation.client(await installation.tokenOf(team.programme, id)) };
}

/** In no organisation any more. */
async function someoneWhoLeft(): Promise<ApiClient> {
  const { id, client } = await joined('Gone', 'layMember');
  await team.people.layMember.client.make(`/programmes/${team.programme}/people/${id}/departure`, {});
  return client;
}

interface OpenApi {
  paths: Record<
    string,
    { post?: { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } } }
  >;
}

/** Every POST with a JSON body, but those on one's own account and on pages. */
async function described(client: ApiClient): Promise<Command[]> {
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
    const schema = post?.requestBody?.content['application/json']?.schema;
    const policy = policies.get(post?.operationId.replace(/OfProgramme$/, '') ?? '');
    const isOurs = !path.startsWith('/app') && !path.startsWith('/accounts');
    return schema && policy && policy !== 'public' && isOurs ? [{ path, policy, schema }] : [];
  });
}

/** The route with this project and programme; what lies inside them is unknown there. */
const at = (path: string, inside = project): string =>
  path
    .replace('{project}', inside)
    .replace('{programme}', team.programme)
    .replaceAll(/\{\w+\}/g, 'x999');
const versions = async (): Promise<string> => {
  const rows = await installation.db.query('select id, version from parley.streams order by id');
  return JSON.stringify(rows);
};

/** Tries something of each command; what goes wrong is told with the command it went wrong at. */
async function each(attempt: (command: Command) => Promise<void>): Promise<string[]> {
  const wrong: string[] = [];
  for (const command of commands) {
    const before = await versions();
    await attempt(command).catch((error: unknown) =>
      wrong.push(`${command.path}: ${error instanceof Error ? error.message.slice(0, 400) : String(error)}`),
    );
    if ((await versions()) !== before) wrong.push(`${command.path}: something was recorded`);
  }
  return wrong;
}

const sample = ({ schema }: Command): Json => sampleOf(schema, known);

it('finds the commands at all, each with a body that its own description accepts', () => {
  expect(commands.length).toBeGreaterThan(90);
  for (const command of commands) expect(typeof sample(command)).toBe('object');
});

it('an unknown field is refused in every command, and named', async () => {
  const wrong = await each(async (command) => {
    const who = clientFor(command.policy);
    const body = { ...(sample(command) as object), surprise: true };
    const answer = await who.post<{ errors?: { path: string; message: string }[] }>(at(command.path), body);
    expectProblem(answer, 422, 'SHAPE');
    expect(JSON.stringify(answer.body)).toContain('surprise');
  });
  expect(wrong).toEqual([]);
});

it('a missing reason, or whatever else is needed, is refused in every command, field by field', async () => {
  const wrong = await each(async (command) => {
    for (const field of command.schema.required ?? []) {
      const body = { ...(sample(command) as Record<string, Json>) };
      delete body[field];
      const who = clientFor(command.policy);
      const answer = await who.post<{ errors?: { path: string }[] }>(at(command.path), body);
      expectProblem(answer, 422, 'SHAPE');
      expect(answer.body.errors?.map(({ path }) => path)).toContain(field);
    }
  });
  expect(wrong).toEqual([]);
});

it('a text that is too long, empty or holds what cannot be shown is refused wherever one is asked for, by its path', async () => {
  let tried = 0;
  const wrong = await each(async (command) => {
    const body = sample(command);
    for (const { path, longest } of textsOf(command.schema, body)) {
      for (const text of ['x'.repeat(longest + 1), '  ', 'a\u0000b', '\ud800']) {
        const who = clientFor(command.policy);
        const answer = await who.post<{ errors?: { path: string }[] }>(
          at(command.path),
          withAt(body, path, text),
        );
        expectProblem(answer, 422, 'SHAPE');
        expect(answer.body.errors?.map((error) => error.path)).toContain(path.join('.'));
        tried += 1;
      }
    }
  });
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(200);
});

it('the wrong role is refused in every command that asks for one, naming whose it is', async () => {
  let refused = 0;
  const wrong = await each(async (command) => {
    for (const key of ['layMember', 'official', 'riskOwner'] as const) {
      if (isAllowed(command.policy, key)) continue;
      const answer = await team.people[key].client.post(at(command.path), sample(command));
      expectProblem(answer, 403);
      refused += 1;
    }
  });
  expect(wrong).toEqual([]);
  expect(refused).toBeGreaterThan(80);
});

it('a person in no organisation any more, and an administrator, give no command on a project', async () => {
  const wrong = await each(async (command) => {
    if (!command.path.startsWith('/projects/{project}')) return;
    for (const who of [left, installation.administrator]) {
      const answer = await who.post<{ rule: string }>(at(command.path), sample(command));
      // A token ends with its person's tenure, so one who left is nobody; an administrator sees no project.
      expect([401, 403, 404]).toContain(answer.status);
      expectProblem(answer, answer.status);
    }
  });
  expect(wrong).toEqual([]);
});

it('the wrong stage: before a question, in a suspended and in a closed project nothing fails and nothing opens', async () => {
  const { client } = team.people.lead;
  const start = () => client.make('/projects', { programme: team.programme, title: 'New' });
  const [suspended, closed] = [(await start()).id, (await start()).id];
  await client.make(`/projects/${suspended}/suspension`, { reason: 'A pause.' });
  await client.make(`/projects/${closed}/closure`, { reason: 'No more.' });
  const wrong: string[] = [];
  for (const command of commands) {
    if (!command.path.startsWith('/projects/{project}')) continue;
    const who = clientFor(command.policy);
    for (const inside of [closed, suspended]) {
      const answer = await who.post<{ rule?: string; remedy?: string }>(
        at(command.path, inside),
        sample(command),
      );
      if (answer.status < 300) continue;
      // The rule, and what would make it possible.
      const { rule = '', remedy = '' } = answer.body;
      if (![403, 404, 409, 412, 422].includes(answer.status) || rule === '' || remedy === '')
        wrong.push(`${command.path}: ${answer.status} ${rule} ${remedy}`);
    }
  }
  expect(wrong).toEqual([]);
  const { items } = await client.see<{ items: { type: string }[] }>(`/projects/${closed}/ledger?limit=100`);
  // Whom to ask about it may still be said.
  expect(items.map(({ type }) => type).slice(2)).toEqual(['ContactNamed']);
});

it('markup, right-to-left and combining characters come back as they were written, wherever they are shown', async () => {
  const taken: string[] = [];
  for (const command of commands.filter(({ path }) => path.startsWith('/projects/{project}'))) {
    const who = clientFor(command.policy);
    const body = sample(command);
    if (textsOf(command.schema, body).length === 0 || /suspension|closure/.test(command.path)) continue;
    const answer = await who.post(at(command.path), body);
    expect(answer.status).toBeLessThan(500);
    if (answer.status < 300) taken.push(command.path);
  }
  expect(taken.length).toBeGreaterThanOrEqual(8);
  const { paths } = await team.people.lead.client.see<{ paths: Record<string, { get?: object }> }>(
    '/openapi.json',
  );
  let shown = 0;
  for (const path of Object.keys(paths).filter(
    (each) => paths[each]?.get && /^\/projects\/\{project\}(\/[a-z-]+)?$/.test(each),
  )) {
    const answer = await team.people.lead.client.get(at(path));
    if (!/json/.test(answer.headers.get('content-type') ?? '')) continue;
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    for (const text of stringsIn(answer.body as Json)) {
      const from = text.indexOf(NASTY.slice(0, 3));
      if (from === -1) continue;
      shown += 1;
      expect(text.slice(from, from + NASTY.length)).toBe(NASTY);
    }
  }
  // Each command that was taken is seen somewhere: a comparison of nothing would prove nothing.
  expect(shown).toBeGreaterThanOrEqual(taken.length);
});

const stringsIn = (value: Json): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

/** Somebody who may try the command at all, so that it is judged by more than their role. */
function clientFor(policy: Policy): ApiClient {
  if (isAllowed(policy, 'lead')) return team.people.lead.client;
  const keys = Object.keys(team.people) as (keyof Team['people'])[];
  const key = keys.find((one) => isAllowed(policy, one));
  if (key) return team.people[key].client;
  return isAdministrators(policy) ? installation.administrator : officer;
}

const isAdministrators = (policy: Policy): boolean => {
  const viewer = { person: null, administrator: 'adm', programme: null, scopes: ['*'] };
  const standing = { programme: null, project: null, now: new Date().toISOString() };
  return policy !== 'public' && can(viewer, policy, {}, standing).allowed;
};

/** What the table of permissions says of this person, asked as the guard asks it. */
function isAllowed(policy: Policy, key: keyof Team['people']): boolean {
  if (policy === 'public') return true;
  const tenure = { organisation: 'o', roles: PEOPLE[key][1], from: '', to: null };
  const programme = { people: { [key]: { id: key, tenures: [tenure] } } };
  const viewer = { person: key, administrator: null, programme: 'p', scopes: ['*'] };
  const standing = { programme, project: null, now: new Date().toISOString() };
  return can(viewer, policy, {}, standing as never).allowed;
}

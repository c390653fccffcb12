// Bad input, command by command: every operation the API describes, tried by the wrong people, at the wrong time, in the wrong shape.
import type { ApiClient } from './testing/client';
import type { Policy } from './policy/does';
import {
  commandsOf,
  fitting,
  handlersOfPosts,
  isAdministrators,
  isAllowed,
  NO_BODY,
} from './testing/commands';
import type { Command } from './testing/commands';
import type { Installation, PersonKey, Team } from './testing/installation';
import { expectProblem } from './testing/problem';
import { escaped, Marking, stringsIn } from './testing/marking';
import { NASTY, sampleOf, textsOf, withAt } from './testing/samples';
import type { Json, Known } from './testing/samples';
import { aProjectAtWork } from './testing/setting-up';
import { AFTERWARDS, ALWAYS, ENDING, NOT_MET, OF_A_CYCLE, PROJECT, UNDER_AGREEMENT } from './testing/states';

jest.setTimeout(300_000);

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
  commands = await commandsOf(team.people.lead.client);
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

/** The route with this project and programme; what lies inside them is unknown there. */
const at = (path: string, inside = project): string =>
  path
    .replace('{project}', inside)
    .replace('{programme}', team.programme)
    .replace('{stage}', 'dataRequest')
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

const sample = ({ path, schema }: Command): Json => ({
  ...(sampleOf(schema, known) as object),
  ...fitting(team)[path],
});

it('finds the commands at all, each with a body that its own description accepts', () => {
  expect(commands.length).toBeGreaterThan(90);
  const tried = new Set(commands.map(({ operation }) => operation));
  const others = /^(Accounts|SignIn|Uploads)_|^Deposits_post$/;
  expect(handlersOfPosts().filter((name) => !tried.has(name) && !others.test(name))).toEqual([]);
  for (const command of commands) expect(typeof sample(command)).toBe('object');
  const paths = new Set(commands.map(({ path }) => path));
  expect(
    [...ALWAYS, ...AFTERWARDS, ...OF_A_CYCLE, ...Object.keys(fitting(team))].filter(
      (path) => !paths.has(path),
    ),
  ).toEqual([]);
});

it('an unknown field is refused in every command, and named', async () => {
  const wrong = await each(async (command) => {
    if (command.schema === NO_BODY) return;
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
      expectProblem(answer, 403, 'NOT_ALLOWED');
      expect((answer.body as { detail: string }).detail).toMatch(
        /this is for \w+|only an administrator|for the holder's own people/,
      );
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

/** By route, the rule that refuses it, or that it is recorded; each command stands in `inside` as it stood before. */
async function refusedIn(inside: string): Promise<Record<string, string>> {
  const rules: Record<string, string> = {};
  for (const command of commands.filter(({ path }) => path.startsWith(PROJECT) && !ENDING.test(path))) {
    const before = await versions();
    const answer = await clientFor(command.policy).post<{ rule?: string; remedy?: string }>(
      at(command.path, inside),
      sample(command),
    );
    const { rule = '', remedy = '' } = answer.body;
    if (answer.status < 300) rules[command.path] = 'RECORDED';
    else {
      expectProblem(answer, answer.status);
      expect([command.path, answer.status < 500, remedy === '']).toEqual([command.path, true, false]);
      expect([command.path, await versions()]).toEqual([command.path, before]);
      rules[command.path] = rule;
    }
  }
  return rules;
}

/** The routes that answered otherwise. */
const without = (rules: Record<string, string>, rule: string): string[] =>
  Object.keys(rules)
    .filter((path) => rules[path] !== rule)
    .sort();

const aProject = async () =>
  (await team.people.lead.client.make('/projects', { programme: team.programme, title: 'New' })).id;

it('the wrong stage: a suspended project refuses every command by that rule, but what always stands', async () => {
  const suspended = await aProject();
  await team.people.lead.client.make(`/projects/${suspended}/suspension`, { reason: 'A pause.' });
  expect(without(await refusedIn(suspended), 'PROJECT_SUSPENDED')).toEqual([...ALWAYS].sort());
});

it('the wrong stage: so does a closed one, but for what is accounted for and published afterwards', async () => {
  const closed = await aProject();
  await team.people.lead.client.make(`/projects/${closed}/closure`, { reason: 'No more.' });
  expect(without(await refusedIn(closed), 'PROJECT_CLOSED')).toEqual([...ALWAYS, ...AFTERWARDS].sort());
});

it('the wrong stage: before there is a cycle, what belongs to one is refused by the rule that says so', async () => {
  const rules = await refusedIn(await aProject());
  const found = OF_A_CYCLE.map((path) => [path, rules[path]]);
  expect(found).toEqual(OF_A_CYCLE.map((path) => [path, 'NO_CYCLE']));
});

it('markup, right-to-left and combining characters come back as they were written, and stand escaped on every page', async () => {
  const texts = new Map<string, string>();
  const marking = new Marking(known, fitting(team));
  const taken = new Set<string>();
  // What names something that has to be there first is taken on a later pass.
  for (let pass = 0; pass < 3; pass += 1) {
    for (const command of commands.filter(({ path }) => path.startsWith(PROJECT) && !ENDING.test(path))) {
      if (taken.has(command.path)) continue;
      const given = marking.body(command, texts.size);
      const path = at(marking.path(command.path));
      const answer = await clientFor(command.policy).post<{ id?: string }>(path, given.body);
      expect([command.path, answer.status < 500]).toEqual([command.path, true]);
      if (answer.status >= 300) continue;
      taken.add(command.path);
      for (const text of given.texts) texts.set(text, command.path);
      marking.learn(command.path, answer.body.id ?? '');
    }
  }
  expect(texts.size).toBeGreaterThanOrEqual(30);
  const seen = new Set<string>();
  for (const text of (await answersShown()).flatMap(stringsIn)) {
    const from = text.indexOf(NASTY.slice(0, 3));
    if (from === -1) continue;
    expect(text.slice(from, from + NASTY.length)).toBe(NASTY);
    for (const each of texts.keys()) if (text.includes(each)) seen.add(each);
  }
  for (const [page, html] of await pagesShown()) {
    expect([page, html.includes('<b>x')]).toEqual([page, false]);
    for (const each of texts.keys()) if (html.includes(escaped(each))) seen.add(each);
  }
  // A comparison of nothing would prove nothing: what was taken is seen somewhere.
  const unseen = [...texts].filter(([text]) => !seen.has(text)).map(([, path]) => path);
  expect([...new Set(unseen)].sort()).toEqual(NOT_MET);
  expect(taken.size).toBeGreaterThanOrEqual(8);
});

/** Every list of the project, as its lead reads it. */
async function answersShown(): Promise<Json[]> {
  const { client } = team.people.lead;
  const { paths } = await client.see<{ paths: Record<string, { get?: object }> }>('/openapi.json');
  const lists = Object.keys(paths).filter(
    (each) => paths[each]?.get && /^\/projects\/\{project\}(\/[a-z-]+)?$/.test(each),
  );
  const answers: Json[] = [];
  for (const path of lists) {
    const answer = await client.get(`${at(path)}?limit=100`);
    if (!/json/.test(answer.headers.get('content-type') ?? '')) continue;
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    answers.push(answer.body as Json);
  }
  return answers;
}

/** The project's pages and each form that its lead is offered, with what may be chosen in it. */
async function pagesShown(): Promise<[string, string][]> {
  const cookie = `parley_session=${await installation.tokenOf(team.programme, team.people.lead.id)}`;
  const page = async (path: string): Promise<[string, string]> => {
    const answer = await fetch(`${installation.url}/app/projects/${project}${path}`, { headers: { cookie } });
    expect([path, answer.status]).toEqual([path, 200]);
    return [path, await answer.text()];
  };
  const first = await page('');
  const linked = [...first[1].matchAll(/href="\/app\/projects\/[a-z0-9_]+(\/[a-z/-]+)"/g)].map(
    ([, path = '']) => path,
  );
  expect(linked.length).toBeGreaterThan(40);
  const pages = [first];
  for (const path of new Set(linked)) pages.push(await page(path));
  return pages;
}

// Last, since nothing is under an agreement any more after it.
it('B5: the wrong stage: once an institution took the agreement back, nothing is requested, imported, collected or released, by that rule', async () => {
  const { client } = team.people.riskOwner;
  const { items } = await client.see<{ items: { id: string; kind: string }[] }>(
    `/programmes/${team.programme}/checkpoints`,
  );
  const signed = items.find(({ kind }) => kind === 'AGREEMENT')?.id ?? '';
  const takenBack = { round: 1, mode: 'STOP', reason: 'Our board left.', signedAs: 'A. Signatory' };
  await client.make(`/programmes/${team.programme}/checkpoints/${signed}/withdrawal`, takenBack);
  const rules = await refusedIn(project);
  const found = UNDER_AGREEMENT.map((path) => [path, rules[path]]);
  expect(found).toEqual(UNDER_AGREEMENT.map((path) => [path, 'NO_AGREEMENT']));
});

/** Somebody who may try the command at all, so that it is judged by more than their role. */
function clientFor(policy: Policy): ApiClient {
  if (isAllowed(policy, 'lead')) return team.people.lead.client;
  const keys = Object.keys(team.people) as PersonKey[];
  const key = keys.find((one) => isAllowed(policy, one));
  if (key) return team.people[key].client;
  return isAdministrators(policy) ? installation.administrator : officer;
}

// Every page is walked to: each word is the catalogue's or a person's, read in a language nobody speaks, and no redirect leads away.
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { latinIn, pseudoLanguage, saidBy } from '#libs/language/testing';
import { routeFor } from '../../infra/dev/testing/routes';
import { closePortal, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { everyState } from './testing/states';
import type { State } from './testing/states';

jest.setTimeout(120_000);

/** What people and programs named, and what stands in what they signed. */
const VALUES = [
  ...['Parley', 'Work and earnings', 'What we agree', 'AGREEMENT', 'x'.repeat(5000)],
  'Did the programme raise earnings?',
  'Did the employment programme raise earnings in 1978?',
  'Compare people who took part with people who did not, by what they earned before.',
  ...[
    'Why we ask, in plain words.',
    'In other words',
    'The question',
    'What may be done',
    'Programme records',
  ],
  ...['Person lead', 'Person researcher', 'Person official', 'Person checker', 'Person holder'],
  ...['Person riskOwner', 'Person lay', 'org_university', 'org_council', 'org_holder', 'org_panel'],
  ...[
    'per_riskOwner',
    'per_researcher',
    'programme',
    'earnings',
    'descriptive',
    'treat',
    're74',
    're78',
    'id',
  ],
  ...['DEIDENTIFIED', 'AGGREGATE', 'QUESTION', 'BOUNDARY', 'provider', 'SHA-256', 'file', 'lf1'],
  ...['r1', 'd1', 'd2', 'rel1', 'a1', 'cl1', 'cl2', 'ev1', 'Europe/London', 'REQUEST', 'What we ask'],
];
let opened: Opened;
let states: State[];
const said = new Set<string>();
/** Where the portal sent people while every request lied about where it came from and where it wants to go. */
const redirects: string[] = [];
const LIES = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
const WISHES = 'next=https%3A%2F%2Fevil.example%2F&to=%2F%2Fevil.example&returnTo=%5C%5Cevil.example';

/** Answers in words that lack one of their walls, by what was asked. */
const unwalled: string[] = [];
/** Every secret of a link that came along, in an address or a cookie. */
const tokens = new Set<string>();
const TOKEN = /[A-Za-z0-9_-]{43}/g;
const WALLS = [
  ['content-security-policy', /default-src 'none';.*form-action 'self';.*frame-ancestors 'none'/],
  ['cache-control', /^no-store$/],
  ['referrer-policy', /^no-referrer$/],
  ['x-frame-options', /^DENY$/],
  ['x-content-type-options', /^nosniff$/],
] as const;

function lie(request: IncomingMessage, response: ServerResponse): void {
  const asked = `${request.method} ${request.url}`;
  for (const [token] of `${request.url} ${request.headers.cookie}`.matchAll(TOKEN)) tokens.add(token);
  Object.assign(request.headers, LIES);
  request.url += `${request.url?.includes('?') ? '&' : '?'}${WISHES}`;
  response.once('finish', () => {
    redirects.push(...[response.getHeader('location') ?? []].flat().map(String));
    if (!String(response.getHeader('content-type')).includes('html')) return;
    const lacking = WALLS.filter(([name, wall]) => !wall.test(String(response.getHeader(name))));
    unwalled.push(...lacking.map(([name]) => `${asked}: ${name}`));
  });
}

beforeAll(async () => {
  const pseudo = pseudoLanguage(said);
  opened = await openPortal({ preferred: () => pseudo });
  opened.portal.server.prependListener('request', lie);
  states = await everyState(opened);
});
afterAll(() => closePortal(opened));

it('no page in any state says a word from outside the catalogue', () => {
  const found = states.map(({ name, html }) => [name, latinIn(saidBy(html), VALUES)] as const);
  expect(found.filter(([, words]) => words.length > 0)).toEqual([]);
  for (const { html } of states) expect(html).toContain('<html class="govuk-template" lang="en-XA">');
});

it('a word in any part of a page is found', () => {
  const page =
    '<title>One</title><body><p>⟦Ţŵö⟧ <b aria-label="Three">★</b><code>four</code> Five</p></body>';
  expect(latinIn(saidBy(page), ['Five'])).toEqual(['One', 'Three']);
});

it('whatever the query and the host header say, redirects lead to pages of our own, and no link or mail leads away', async () => {
  const { routes } = opened.portal;
  expect(redirects.length).toBeGreaterThan(30);
  expect(redirects.filter((to) => routeFor(`GET ${to}`, routes) === '')).toEqual([]);
  expect(states.filter(({ html }) => html.includes('evil.example')).map(({ name }) => name)).toEqual([]);
  const kept = `select 1 from parley.outbox where mail::text like '%evil.example%'`;
  expect(await opened.start.db.query(kept)).toEqual([]);
});

it('no page may be framed, kept, referred from, or loaded from elsewhere; errors as little as the rest', () =>
  expect(unwalled).toEqual([]));

it('T2: no secret of a link stands in the log, in an address that people are sent to, or in a page but of its own dead link', () => {
  const { logged } = opened.portal;
  expect(tokens.size).toBeGreaterThan(30);
  expect(logged.join('')).toContain('a page failed');
  const told = [...logged, ...redirects];
  for (const { asked, html } of states) {
    const [own = ''] = asked.match(TOKEN) ?? [];
    told.push(own === '' ? html : html.replaceAll(own, ''));
  }
  expect([...tokens].filter((token) => told.some((text) => text.includes(token)))).toEqual([]);
});

/** Answered by something else than a page in words: the style sheet, what probes ask, the verifier’s own file. */
const NO_PAGES = ['GET /assets/:name', 'GET /healthz', 'GET /readyz', 'GET /verify'];

it('every route the portal has registered was looked at', () => {
  const { routes } = opened.portal;
  const seen = new Set(states.map(({ asked }) => routeFor(asked, routes)));
  expect(routes.length).toBeGreaterThan(30);
  expect(routes.filter((route) => !seen.has(route) && !NO_PAGES.includes(route))).toEqual([]);
});

/** A sentence each, in a place that other states show: too far from here to be walked to. */
const UNMET = [
  'deposit.isTooEarly', // while people may still leave a collection
  'evidence.unseen', // evidence of data that was asked for and refused
  'said.erased', // content whose bytes were erased
  'deposit.certificateErased', // the same of a certificate
];

it('every message of the pages’ templates was met in some state', () => {
  const templates = path.join(__dirname, '..', '..', 'libs', 'web', 'templates');
  const named = readdirSync(templates).flatMap((file) =>
    [...readFileSync(path.join(templates, file), 'utf8').matchAll(/\b(?:t|rich)\(\s*'([^']*)'/g)].map(
      ([, key = '']) => key,
    ),
  );
  expect(named.length).toBeGreaterThan(200);
  expect([...new Set(named)].filter((key) => !said.has(key))).toEqual(UNMET);
});

// P9: what a person waits for among ten thousand projects: the pages of an account holder, and the API's lists.
import type { Name } from '#libs/testing';
import { personId } from '#libs/testing';
import type { Crowd } from './crowd';
import { PROJECTS } from './crowd';
import { percentile, within } from './figures';
import type { Figure } from './figures';

const SAMPLES = 100;
const WARM_UP = 10;
const MOST_MS = 200;

export async function p9(say: (line: string) => void, crowd: Crowd): Promise<Figure[]> {
  const pages = [
    await timed(say, 'page of a signer', await page(crowd, 'official', () => '')),
    await timed(say, 'page of a lead', await page(crowd, 'lead', () => '?led=me&status=ACTIVE')),
    await timed(say, 'page of what waits', await page(crowd, 'official', () => '?waiting=me')),
    await timed(say, 'page of one project', await page(crowd, 'lead', (n) => `/projects/${pick(crowd, n)}`)),
  ];
  const bearer = { authorization: `Bearer ${await crowd.setting.secretOf('official')}` };
  const api = (address: (n: number) => string) => (n: number) => request(`${crowd.api}${address(n)}`, bearer);
  const cursors = await cursorsOf(`${crowd.api}/projects?limit=50`, bearer);
  const routes = [
    await timed(
      say,
      'GET /projects',
      api(() => '/projects?limit=50'),
    ),
    await timed(
      say,
      'GET /projects, somewhere in between',
      api((n) => `/projects?limit=50&cursor=${cursors[(n * 7919) % cursors.length]}`),
    ),
    await timed(
      say,
      'GET /projects that wait',
      api(() => '/projects?waiting=me&status=ACTIVE'),
    ),
    await timed(
      say,
      'GET /projects/:project',
      api((n) => `/projects/${pick(crowd, n)}`),
    ),
  ];
  const among = `among ${PROJECTS} projects, one at a time, p95 of the slowest`;
  return [
    within(
      { id: 'P9-page', what: `pages of an account holder ${among}`, unit: 'ms', value: Math.max(...pages) },
      MOST_MS,
    ),
    within(
      { id: 'P9-api', what: `reading routes of the API ${among}`, unit: 'ms', value: Math.max(...routes) },
      MOST_MS,
    ),
  ];
}

const pick = ({ projects }: Crowd, n: number): string => projects[(n * 7919) % projects.length] ?? '';

/** The list walked to its end, as a client does: a cursor for every page but the first. */
async function cursorsOf(list: string, headers: Record<string, string>): Promise<string[]> {
  const cursors: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const answer = await fetch(next === '' ? list : `${list}&cursor=${next}`, { headers });
    ({ next } = (await answer.json()) as { next: string | null });
    if (next !== null) cursors.push(next);
  }
  return cursors;
}

/** The session of a person who has signed in, as a browser would show it. */
async function page(crowd: Crowd, name: Name, address: (n: number) => string) {
  const { credentials } = crowd.setting.processes.api;
  const { secret } = await credentials.beginSignIn(`${name}@example.org`);
  const session = await credentials.beginSession(secret, personId(name));
  return (n: number) =>
    request(`${crowd.api}/app${address(n)}`, { cookie: `parley_session=${session.secret}` });
}

/** Milliseconds until the whole answer was there. */
async function request(url: string, headers: Record<string, string>): Promise<number> {
  const started = performance.now();
  const answer = await fetch(url, { headers, redirect: 'manual' });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${body.slice(0, 500)}`);
  return performance.now() - started;
}

async function timed(
  say: (line: string) => void,
  what: string,
  once: (n: number) => Promise<number>,
): Promise<number> {
  const taken: number[] = [];
  for (let n = 0; n < SAMPLES + WARM_UP; n += 1) {
    const took = await once(n);
    if (n >= WARM_UP) taken.push(took);
  }
  const p95 = percentile(taken, 95);
  say(`P9: ${what}: ${percentile(taken, 50).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
  return p95;
}

// A whole installation for tests: a fresh database, each process's own role, the API listening, and people with tokens.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Role } from '#libs/domain';
import { Languages } from '#libs/language';
import type { Language } from '#libs/language';
import { addLogKey, openKeyDirectory, openLedger, Sequencer } from '#libs/ledger';
import type { OpenedLedger } from '#libs/ledger';
import { aDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { openVault } from '#libs/vault';
import type { Vault } from '#libs/vault';
import pino from 'pino';
import { initialise } from '../../cli/init';
import { Progress } from '../analyses/progress';
import { createApp } from '../app';
import { LedgerHandle } from '../ledger/handle';
import { IdentityProvider } from '../pages/provider';
import type { ProviderOptions } from '../pages/provider';
import { MAX_DEPOSIT_BYTES } from '#libs/vault/deposit';
import { MAX_EVIDENCE_BYTES } from '../settings';
import { ApiClient } from './client';

export interface Installation {
  url: string;
  db: TestDatabase;
  administrator: ApiClient;
  worker: OpenedLedger;
  portal: OpenedLedger;
  courier: OpenedLedger;
  vault: Vault;
  client(token: string | null): ApiClient;
  /** A token as people get theirs: an access link minted by the courier, claimed at the portal. */
  tokenOf(programme: string, person: string): Promise<string>;
  /** What the courier does: everything that waits is taken into the log, and its head signed. */
  sequence(): Promise<void>;
  stop(): Promise<void>;
}

export async function install(
  over: {
    maxDepositBytes?: number;
    maxEvidenceBytes?: number;
    provider?: Omit<ProviderOptions, 'callback'>;
    port?: number;
    language?: Language;
  } = {},
): Promise<Installation> {
  const db = await aDatabase();
  const { urls } = db;
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-api-'));
  const vaultDir = path.join(dir, 'vault');
  const vault = await openVault({
    vaultDir,
    keyStoreDir: path.join(dir, 'keys'),
    scratchDir: path.join(dir, 'scratch'),
  });
  const open = (url: string) => openLedger({ url, poolSize: 4 });
  const [api, worker, portal, courier] = await Promise.all(
    [urls.API, urls.WORKER, urls.PORTAL, urls.COURIER].map(open),
  );
  if (!api || !worker || !portal || !courier) throw new Error('a role could not open the ledger');
  const progress = new Progress(process.env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:1', 'default');
  const settings = {
    ...{ vaultDir, requestsPerMinute: 100_000, url: 'http://127.0.0.1', isDevelopment: true },
    language: over.language ?? new Languages().first,
    maxDepositBytes: over.maxDepositBytes ?? MAX_DEPOSIT_BYTES,
    maxEvidenceBytes: over.maxEvidenceBytes ?? MAX_EVIDENCE_BYTES,
  };
  const logDir = path.join(dir, 'log');
  await addLogKey(logDir, 'log.example/parley');
  const callback = () => `${settings.url}/app/sign-in/callback`;
  const provider = new IdentityProvider(over.provider ? { ...over.provider, callback } : null);
  const app = await createApp({
    handle: new LedgerHandle(api.ledger, api.credentials, api.outbox, api.links, api.dataSource),
    ...{ vault, progress, log: pino({ level: 'silent' }) },
    ...{ provider, settings },
  });
  await app.listen(over.port ?? 0, '127.0.0.1');
  const url = await app.getUrl();
  Object.assign(settings, { url });
  const { token } = await initialise(urls.OWNER, 'admin@parley.example');
  return {
    ...{ url, db, worker, portal, courier, vault },
    administrator: new ApiClient(url, token),
    client: (given) => new ApiClient(url, given),
    async tokenOf(programme, person) {
      const link = {
        stream: programme,
        person,
        purpose: 'ACCESS',
        checkpoint: '',
        round: 0,
        core: '',
      } as const;
      const minted = await courier.links.mint(link);
      return portal.credentials.claim(minted.token, 30);
    },
    async sequence() {
      const sequencer = new Sequencer(courier.dataSource, openKeyDirectory(logDir));
      while ((await sequencer.pass()).state === 'SIGNED');
    },
    async stop() {
      app.getHttpServer().closeAllConnections();
      await app.close();
      await progress.close();
      await Promise.all([api, worker, portal, courier].map((opened) => opened.close()));
      await db.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export interface Member {
  id: string;
  organisation: string;
  name: string;
  client: ApiClient;
}

/** Who is in the test programme: key, organisation, roles. */
export const PEOPLE = {
  lead: ['university', ['projectLead', 'registrar']],
  researcher: ['university', ['researcher', 'signatory']],
  official: ['council', ['policyOfficial']],
  checker: ['council', ['signatory', 'ethicsReviewer', 'outputChecker', 'registrar']],
  holder: ['holder', ['dataHolder', 'dataCustodian', 'registrar']],
  riskOwner: ['holder', ['informationRiskOwner', 'signatory']],
  layMember: ['panel', ['layMember', 'registrar']],
} as const satisfies Record<string, readonly [string, readonly Role[]]>;
export type PersonKey = keyof typeof PEOPLE;

export interface Team {
  programme: string;
  organisations: Record<string, string>;
  people: Record<PersonKey, Member>;
}

/** Four organisations and seven people, entered as an operator and registrars would, all over the API. */
export async function gather(installation: Installation): Promise<Team> {
  const { administrator } = installation;
  const programme = (await administrator.make('/programmes', { name: 'Work and training' })).id;
  const organisations: Record<string, string> = {};
  for (const name of new Set(Object.values(PEOPLE).map(([organisation]) => organisation))) {
    organisations[name] = (await administrator.make(`/programmes/${programme}/organisations`, { name })).id;
  }
  const people: Partial<Record<PersonKey, Member>> = {};
  const enter = async (by: ApiClient, key: PersonKey) => {
    const [home, roles] = PEOPLE[key];
    const organisation = organisations[home] ?? '';
    const body = { organisation, roles, name: `The ${key}`, address: `${key.toLowerCase()}@${home}.example` };
    const { id } = await by.make(`/programmes/${programme}/people`, body);
    const client = installation.client(await installation.tokenOf(programme, id));
    people[key] = { id, organisation, name: body.name, client };
  };
  const isOperators = (key: PersonKey) =>
    PEOPLE[key][1].some((role) => role === 'registrar' || role === 'signatory');
  const keys = Object.keys(PEOPLE) as PersonKey[];
  for (const key of keys.filter(isOperators)) await enter(administrator, key);
  const registrarOf = (home: string) =>
    keys.find((k) => PEOPLE[k][0] === home && PEOPLE[k][1].some((r) => r === 'registrar'));
  for (const key of keys.filter((k) => !isOperators(k))) {
    const registrar = people[registrarOf(PEOPLE[key][0]) ?? 'lead'];
    if (registrar) await enter(registrar.client, key);
  }
  return { programme, organisations, people: people as Record<PersonKey, Member> };
}

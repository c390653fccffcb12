// What production refuses although it is well-formed: guessable passwords and links that travel unencrypted.
import type { VariableName } from './variables';

const SHORTEST_PASSWORD = 16;
const FEWEST_DISTINCT = 6;

type Values = Readonly<Partial<Record<VariableName, unknown>>>;

const DATABASE_URLS = ['DATABASE_URL', 'OWNER_DATABASE_URL', 'AUDITOR_DATABASE_URL'] as const;
const PUBLIC_URLS = ['PORTAL_URL', 'API_URL'] as const;

/** One line per weak value, without the value. */
export function weaknesses(values: Values): string[] {
  return [
    ...DATABASE_URLS.flatMap((name) => passwordProblem(name, values[name], isClientCertificate)),
    ...passwordProblem('SMTP_URL', values.SMTP_URL, hasNoCredentials),
    ...PUBLIC_URLS.flatMap((name) => httpsProblem(name, values[name])),
  ];
}

function passwordProblem(name: VariableName, value: unknown, isExempt: (url: URL) => boolean): string[] {
  if (typeof value !== 'string') return [];
  const url = new URL(value);
  if (isExempt(url)) return [];
  const password = decodeURIComponent(url.password);
  if (password === '') return [`${name}: expected a password in production; there is none`];
  const isWeak = password.length < SHORTEST_PASSWORD || new Set(password).size < FEWEST_DISTINCT;
  if (!isWeak) return [];
  return [`${name}: expected a password of at least ${SHORTEST_PASSWORD} varied characters in production`];
}

/** A client certificate proves the role, so no password is needed. */
function isClientCertificate(url: URL): boolean {
  return url.searchParams.has('sslcert');
}

/** A relay that trusts this host by its address takes no credentials. */
function hasNoCredentials(url: URL): boolean {
  return url.username === '' && url.password === '';
}

function httpsProblem(name: VariableName, value: unknown): string[] {
  if (typeof value !== 'string' || value.startsWith('https:')) return [];
  return [`${name}: expected https in production, because links in mails carry secrets`];
}

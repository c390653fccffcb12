// What is refused although each value is well-formed: sign-in set up by half; in production, guessable passwords and links without https.
import type { VariableName } from './variables';

const SHORTEST_PASSWORD = 16;
const FEWEST_DISTINCT = 6;

type Values = Readonly<Partial<Record<VariableName, unknown>>>;

const DATABASE_URLS = ['DATABASE_URL', 'OWNER_DATABASE_URL', 'AUDITOR_DATABASE_URL'] as const;
const PUBLIC_URLS = ['PORTAL_URL', 'API_URL'] as const;
/** Half of such a group would start a process that does not do what was meant. */
const TOGETHER: readonly (readonly VariableName[])[] = [
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'],
  ['BOUNCE_ADDRESS', 'BOUNCE_PORT'],
];

/** One line per weak value, without the value. */
export function weaknesses(values: Values): string[] {
  return [
    ...DATABASE_URLS.flatMap((name) => passwordProblem(name, values[name], isClientCertificate)),
    ...passwordProblem('SMTP_URL', values.SMTP_URL, hasNoCredentials),
    ...PUBLIC_URLS.flatMap((name) => httpsProblem(name, values[name], 'links in mails carry secrets')),
    ...httpsProblem('OIDC_ISSUER', values.OIDC_ISSUER, 'whoever reads along could sign in as anybody'),
    ...passwordLike('OIDC_CLIENT_SECRET', values.OIDC_CLIENT_SECRET),
  ];
}

/** Sign-in, signing of mails and their return path need all of their variables or none. */
export const halfGiven = (values: Values): string[] =>
  TOGETHER.flatMap((group) => {
    const missing = group.filter((name) => values[name] === undefined);
    if (missing.length === group.length) return [];
    return missing.map(
      (name) => `${name} is not set: expected ${group.join(', ')} together, or none of them`,
    );
  });

function passwordProblem(name: VariableName, value: unknown, isExempt: (url: URL) => boolean): string[] {
  if (typeof value !== 'string') return [];
  const url = new URL(value);
  if (isExempt(url)) return [];
  const password = decodeURIComponent(url.password);
  if (password === '') return [`${name}: expected a password in production; there is none`];
  return passwordLike(name, password);
}

function passwordLike(name: VariableName, password: unknown): string[] {
  if (typeof password !== 'string') return [];
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

function httpsProblem(name: VariableName, value: unknown, because: string): string[] {
  if (typeof value !== 'string' || value.startsWith('https:')) return [];
  return [`${name}: expected https in production, because ${because}`];
}

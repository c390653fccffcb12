// Hands mails to the SMTP server over a few kept connections.
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';

export interface MailTransport {
  /** Resolves once the server has taken responsibility for the mail. */
  send(mail: SendMailOptions): Promise<void>;
  /** Rejects with the reason when the server cannot be reached. */
  verify(): Promise<void>;
  close(): void;
}

/** Signing as a domain (RFC 6376). */
export interface Dkim {
  domainName: string;
  keySelector: string;
  /** PEM; RSA or Ed25519. */
  privateKey: string;
}

export interface TransportOptions {
  /** At most so many mails a second, where the server takes no more. */
  perSecond?: number;
  dkim?: Dkim;
}

/** What relays change or add on the way. */
const UNSIGNED = 'return-path:received:x-auto-response-suppress';

/** A connection more sends one more before any is counted: as few as may be sent at once, and no more than are of use. */
const MOST_CONNECTIONS = 4;

/** A pool of connections to `smtpUrl` (smtp: or smtps:). Time-outs are short: a mail that fails is tried again. */
export function openTransport(smtpUrl: string, { perSecond, dkim }: TransportOptions = {}): MailTransport {
  const transport = createTransport({
    ...connectionOf(smtpUrl),
    pool: true,
    maxConnections: Math.min(MOST_CONNECTIONS, perSecond ?? MOST_CONNECTIONS),
    ...(perSecond === undefined ? {} : { rateLimit: perSecond, rateDelta: 1_000 }),
    maxMessages: Infinity,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim === undefined ? {} : { dkim: { ...dkim, skipFields: UNSIGNED } }),
  });
  return {
    send: async (mail) => {
      await transport.sendMail(mail);
    },
    verify: async () => {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}

function connectionOf(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
  };
}

/** The status with which a server refuses the recipient for good, such as 5.1.1; null where it refused anything else. */
export function refusedRecipient(error: unknown): string | null {
  const { command, response } = (error ?? {}) as { command?: unknown; response?: unknown };
  if (!isPermanent(error) || typeof command !== 'string' || !command.startsWith('RCPT')) return null;
  const said = typeof response === 'string' ? /\b5\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0] : undefined;
  // Addressing status without a detail (RFC 3463 § 3.2), where the server gave none.
  return said ?? '5.1.0';
}

/** True for an answer with which trying again is pointless: the server refuses this mail for good (5xx). */
export function isPermanent(error: unknown): boolean {
  const code = (error as { responseCode?: unknown } | null)?.responseCode;
  return typeof code === 'number' && code >= 500 && code !== 503 && code !== 535;
}

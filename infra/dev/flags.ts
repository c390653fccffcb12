// The launcher's command line.
import { parseArgs } from 'node:util';

export interface Flags {
  /** Stop after the demonstration; succeed only if all of it did. */
  readonly once: boolean;
  /** Forget everything kept in `.parley` first. */
  readonly reset: boolean;
  readonly demo: boolean;
  /** The first of the ports to take; chosen when left out. */
  readonly ports: number | undefined;
}

export const USAGE = `npm start -- [options]

  --once          stop after the demonstration; exit 0 only if every step did what it should
  --reset         begin anew: forget everything kept in .parley
  --no-demo       bring everything up without the demonstration
  --ports <base>  take the eleven ports from <base> on (4100 unless they are taken)
  --help          show this

Use your own servers instead of the embedded ones: DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL (with INBOX_URL),
OIDC_ISSUER (with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET).`;

/** A command line that cannot be understood; its message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const HIGHEST_BASE = 65_000;

/** Undefined when only help was asked for. @throws UsageError */
export function parseFlags(args: readonly string[]): Flags | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  return { once: values.once, reset: values.reset, demo: !values['no-demo'], ports: basePort(values.ports) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        ports: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function basePort(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const base = Number(given);
  if (!Number.isInteger(base) || base < 1024 || base > HIGHEST_BASE) {
    throw new UsageError(`--ports: expected a whole number from 1024 to ${HIGHEST_BASE}, got "${given}"`);
  }
  return base;
}

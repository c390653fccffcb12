// What the launcher says once everything runs: where things are, and what to try next.
import type { Settings } from './settings';
import type { State } from './state';

/** The table of addresses. */
export function addressTable(settings: Settings, state: State): string {
  const rows: [string, string | undefined, string][] = [
    ['Mail inbox', settings.INBOX_URL, 'every mail Parley sends here, as its reader sees it'],
    ['Sign-off pages', settings.PORTAL_URL, 'reached by the links in the mails'],
    [
      'Your projects',
      `${settings.API_URL}/app`,
      'pages for people with an account; a mailed code signs you in',
    ],
    ['Admin API', `${settings.API_URL}/docs`, 'every route, to read and to try'],
    ['Workflows', settings.TEMPORAL_UI_URL, "Temporal's own page"],
    ['Settings', state.environment, "every role's connection string"],
    ['Logs', state.log('*'), 'one file for each process'],
  ];
  const known = rows.flatMap(([what, where, about]) =>
    where === undefined ? [] : [[what, where, about] as const],
  );
  const width = Math.max(...known.map(([, where]) => where.length));
  return known
    .map(([what, where, about]) => `  ${what.padEnd(15)} ${where.padEnd(width)}  ${about}`)
    .join('\n');
}

/** What to try next; `isWaiting` when the demonstration waits for the newcomer's sign-off. */
export function whatNext(settings: Settings, state: State, isWaiting: boolean): string {
  const token = `"Authorization: Bearer $(cat ${state.adminToken})"`;
  const steps = [
    ...(isWaiting
      ? [
          `One sign-off is yours: open the mail named above (all are at ${settings.INBOX_URL}), follow its link and approve.`,
        ]
      : []),
    `Ask the API:  curl -H ${token} ${settings.API_URL}/programmes`,
    'Kill any process with `kill -9` and see it come back; or all of them, and run `npm start` again.',
  ];
  const list = steps.map((text, index) => `   ${index + 1}. ${text}`).join('\n');
  return `  What to try next\n${list}\n\n  Ctrl-C stops everything in order; nothing is lost. Below, each new entry of the ledger:`;
}

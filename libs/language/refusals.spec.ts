// Whatever a rule refuses to somebody without an account, or to a registrar, is said in words of the catalogue: rule by rule.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CATALOGUES } from '.';

const ROOT = path.join(__dirname, '..', '..');
const keys = new Set<string>(Object.keys(CATALOGUES.get('en-GB') ?? {}));

/** `refuse('KIND', 'RULE', …)` of the domain, `refused('KIND', 'RULE', …)` of the database, and what is thrown with a rule. */
const RULE =
  /\b(?:refuse|refused)\(\s*'[A-Z_]+',\s*'([A-Z_]+)'|\brule: '([A-Z_]+)'|raise exception '([A-Z_]+):/g;

const rulesIn = (files: readonly string[]): Set<string> =>
  new Set(
    files.flatMap((file) =>
      [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(RULE)].map(([, a, b, c]) => a ?? b ?? c ?? ''),
    ),
  );

/** What whoever comes by a link can send: decisions, withdrawals, delegations, answers to requests, confirmations, files. */
const BY_LINK = rulesIn([
  ...['answering', 'context', 'deposits', 'deputies', 'opening', 'requests'].map(
    (name) => `libs/domain/decide/${name}.ts`,
  ),
  ...['delegation', 'negotiation', 'recorded-answers'].map((name) => `libs/domain/${name}/decide.ts`),
  'libs/domain/rules/cited.ts',
  ...['answering', 'audience'].map((name) => `libs/domain/negotiation/${name}.ts`),
  ...['by-link', 'delegation', 'requests', 'rules'].map(
    (name) => `libs/ledger/sql/functions/decisions/${name}.sql`,
  ),
  ...['codes', 'deposits', 'items', 'links', 'fresh-links'].map(
    (name) => `libs/ledger/sql/functions/links/${name}.sql`,
  ),
]);

/** Those that no page can run into, or that have a page of their own, each with why. */
const FORGED = 'the process fills it in, and no field of a form can make it wrong';
const NAMED = 'a link names it, and none is made for what is not there';
const CHANGED = 'a page of its own shows what is different now';
const BESIDE = 'said beside the field';
const ASKER = 'only whoever asks, or records what somebody said, sends that, with an account';
const ENGINE = 'only the engine checks what was handed over';
const NEVER_BY_LINK: Readonly<Record<string, string>> = {
  ...{ ASSURANCE: FORGED, ENGINE_ONLY: FORGED, ENTRY_MALFORMED: FORGED, NOT_A_PERSON: FORGED },
  ...{ FOREIGN_ASSURANCE: FORGED, FOREIGN_DELEGATION: FORGED, FOREIGN_PERSON: FORGED, FOREIGN_ROLE: FORGED },
  ...{ FOREIGN_STREAM: FORGED, ALTERNATIVES: FORGED },
  ...{ NO_SUCH_PERSON: NAMED, NO_SUCH_ROUND: NAMED, UNKNOWN_CHECKPOINT: NAMED, UNKNOWN_DEPOSIT: NAMED },
  ...{ UNKNOWN_CLARIFICATION: NAMED, UNKNOWN_REQUEST: NAMED },
  ...{ CONTENT_CHANGED: CHANGED, STALE_CONTENT: CHANGED, ITEM_CLOSED: CHANGED },
  ...{ CODE_DEAD: BESIDE, CODE_NEEDED: BESIDE, CODE_WRONG: BESIDE },
  ...{ NO_BOUNDARY: ASKER, NO_CYCLE: ASKER, NO_HOLDER: ASKER, NO_QUESTION: ASKER, OUTSIDE_BOUNDARY: ASKER },
  ...{ RATIONALE: ASKER, WRONG_STAGE: ASKER, NOT_DECLINED: ASKER, NOTHING_TO_SUPPOSE: ASKER },
  ...{ NOT_INCOMPATIBLE: ASKER, UNKNOWN_SUPPOSITION: ASKER, NEITHER_SIDE: ASKER },
  ...{ COMMISSIONER: ASKER, NO_EVIDENCE: ASKER, OWN_ANSWER: ASKER },
  ...{ DEPOSIT_STATUS: ENGINE, NOT_PUBLISHED: ENGINE },
};

const BY_REGISTRAR = rulesIn([
  'libs/domain/decide/programme.ts',
  'libs/ledger/sql/functions/decisions/attestations.sql',
  'libs/ledger/sql/functions/accounts/addresses.sql',
]);
const OPERATOR = 'only whoever operates Parley sends that';
const NEVER_BY_REGISTRAR: Readonly<Record<string, string>> = {
  ...{ AGREEMENT_IN_FORCE: OPERATOR, AGREEMENT_STANDS: OPERATOR, ALREADY_STARTED: OPERATOR },
  ...{ KNOWN_ORGANISATION: OPERATOR, NOT_ADMINISTRATOR: OPERATOR, NOT_FOR_ADMINISTRATOR: OPERATOR },
  ...{ ENTRY_MALFORMED: FORGED, NOT_ATTESTED: FORGED },
  STILL_ON_ROSTER: 'erasure is asked for over the API alone',
};

it.each([
  ['by link', 'refusal', BY_LINK, NEVER_BY_LINK],
  ['a registrar', 'people.refusal', BY_REGISTRAR, NEVER_BY_REGISTRAR],
] as const)('%s: every refusal has words, or a reason why nobody meets it', (_who, prefix, rules, never) => {
  expect(rules.size).toBeGreaterThan(15);
  const worded = (rule: string) => keys.has(`${prefix}.${rule}`);
  expect([...rules].filter((rule) => !worded(rule) && !Object.hasOwn(never, rule)).sort()).toEqual([]);
  expect(Object.keys(never).filter((rule) => worded(rule) || !rules.has(rule))).toEqual([]);
});

it('no words are left for a rule that nobody refuses by', () => {
  const folders = [
    'libs/domain',
    'libs/ledger',
    'libs/vault/deposit',
    'apps/api/ledger',
    'apps/api/pages',
    'apps/api/problems',
  ];
  const everything = folders
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|sql)$/.test(file) && !/spec\.ts$|(^|\/)testing\//.test(file))
        .map((file) => readFileSync(path.join(ROOT, folder, file), 'utf8')),
    )
    .join('\n');
  const named = new Set(everything.match(/\b[A-Z][A-Z_]+\b/g));
  const left = [...keys].filter((key) => {
    const [, rule] = /^(?:people\.refusal|app\.problem|refusal)\.([A-Z_]+)$/.exec(key) ?? [];
    return rule !== undefined && !named.has(rule);
  });
  expect(left).toEqual([]);
});

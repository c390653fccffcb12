// State diagrams drawn from the domain's own transition tables, so that they cannot say anything else.
import type { Transitions } from '#libs/domain';
import {
  ACTION_TRANSITIONS,
  ADMISSIBILITY_TRANSITIONS,
  HYPOTHESIS_TRANSITIONS,
  INSIGHT_TRANSITIONS,
  CLARIFICATION_TRANSITIONS,
  COLLECTION_TRANSITIONS,
  INCIDENT_TRANSITIONS,
  PROJECT_TRANSITIONS,
  PUBLICATION_TRANSITIONS,
  RELEASE_TRANSITIONS,
  REQUEST_TRANSITIONS,
  RESULT_TRANSITIONS,
  ROUND_TRANSITIONS,
  STAGE_TRANSITIONS,
  SUFFICIENCY_TRANSITIONS,
  IMPORT_TRANSITIONS,
  TEMPO_TRANSITIONS,
} from '#libs/domain';

interface Diagram {
  title: string;
  about: string;
  start: string;
  table: Transitions<string>;
}

const DIAGRAMS: Diagram[] = [
  {
    title: 'A stage of a cycle',
    about: 'Derived from what was decided; no stage is ever set by hand.',
    start: 'WAITING',
    table: STAGE_TRANSITIONS,
  },
  {
    title: 'A round of sign-off',
    about: 'One core put to the people asked. Silence lapses; only a person approves.',
    start: 'OPEN',
    table: ROUND_TRANSITIONS,
  },
  {
    title: 'A data request',
    about: 'Asked of one holder.',
    start: 'SENT',
    table: REQUEST_TRANSITIONS,
  },
  {
    title: 'A release',
    about: 'Sealed before it is signed, readable only while its permit is live.',
    start: 'PROPOSED',
    table: RELEASE_TRANSITIONS,
  },
  {
    title: 'A result',
    about: 'Seen by checkers until it passed; flagged or quarantined as a withdrawal’s mode says.',
    start: 'RUNNING',
    table: RESULT_TRANSITIONS,
  },
  {
    title: 'A project',
    about: 'Suspension never extends an expiry.',
    start: 'ACTIVE',
    table: PROJECT_TRANSITIONS,
  },
  {
    title: 'A field for a use',
    about:
      'Per field × use × period × subpopulation. Only INADMISSIBLE refuses an analysis; all else travels with it.',
    start: 'PENDING',
    table: ADMISSIBILITY_TRANSITIONS,
  },
  {
    title: 'A hypothesis',
    about: 'Of its present version; each version is kept.',
    start: 'PROPOSED',
    table: HYPOTHESIS_TRANSITIONS,
  },
  {
    title: 'An insight',
    about: 'What can be done about what was learned.',
    start: 'ACTIONABLE',
    table: INSIGHT_TRANSITIONS,
  },
  {
    title: 'An action',
    about: 'The next reflection says what became of it before it opens.',
    start: 'PLANNED',
    table: ACTION_TRANSITIONS,
  },
  {
    title: 'A publication',
    about: 'The end of the comment period publishes nothing; it lets a person’s command through.',
    start: 'COMMENTING',
    table: PUBLICATION_TRANSITIONS,
  },
  {
    title: 'A clarification',
    about: 'A question of either side about a data request, before it is answered.',
    start: 'ASKED',
    table: CLARIFICATION_TRANSITIONS,
  },
  {
    title: 'An incident',
    about: 'Its clock runs from when somebody became aware.',
    start: 'OPEN',
    table: INCIDENT_TRANSITIONS,
  },
  {
    title: 'A collection',
    about: 'Everyone is invited; its rows are deposited once nobody can leave any more.',
    start: 'PLANNED',
    table: COLLECTION_TRANSITIONS,
  },
  {
    title: 'Sufficiency of the data',
    about: 'While it is revoked no release opens; what was permitted before can still be read.',
    start: 'NOT_GRANTED',
    table: SUFFICIENCY_TRANSITIONS,
  },
  {
    title: 'Published data',
    about: 'Only its legal check lets it be read, and only a person says so.',
    start: 'UNCHECKED',
    table: IMPORT_TRANSITIONS,
  },
  {
    title: 'Tempo',
    about: 'A shock hastens reminders; it skips no checkpoint and opens nothing.',
    start: 'ROUTINE',
    table: TEMPO_TRANSITIONS,
  },
];

function draw({ title, about, start, table }: Diagram): string {
  const arrows = Object.entries(table).flatMap(([from, targets]) =>
    Object.entries(targets).map(([to, cause]) => `  ${from} --> ${to}: ${cause ?? ''}`),
  );
  return [
    `## ${title}`,
    '',
    about,
    '',
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${start}`,
    ...arrows,
    '```',
    '',
  ].join('\n');
}

/** The page of all state diagrams, as Markdown. */
export function statesPage(): string {
  const head = [
    '# States',
    '',
    'Drawn from the tables in `libs/domain/transitions.ts` by `npm run docs`; the test command checks that they are fresh,',
    'and generated histories check that nothing happens which they do not show.',
    '',
  ];
  return [...head, ...DIAGRAMS.map(draw)].join('\n');
}

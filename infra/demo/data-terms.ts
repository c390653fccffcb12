// The words and shapes of the data that the demonstration's requests, grants and boundary share.

export const SOURCE = 'employment programme records';
export const PURPOSE = 'whether the programme raised earnings';
/** What the first boundary allows to be done, and what its amendment does. */
export const METHODS = ['descriptive'];
export const METHODS_AMENDED = ['descriptive', 'matching'];

const TREAT = { name: 'treat', type: 'category', codes: ['0', '1'] } as const;
const RACE = { name: 'race', type: 'category', codes: ['black', 'hispan', 'white'] } as const;
const MARRIED = { name: 'married', type: 'category', codes: ['0', '1'] } as const;
const EARNINGS_BEFORE = { name: 're74', type: 'number', min: 0 } as const;
const AGE = { name: 'age', type: 'integer', min: 0, max: 120 } as const;
const EDUCATION = { name: 'educ', type: 'integer', min: 0, max: 30 } as const;
const NO_DEGREE = { name: 'nodegree', type: 'category', codes: ['0', '1'] } as const;
const EARNINGS_YEAR_BEFORE = { name: 're75', type: 'number', min: 0 } as const;
const EARNINGS_AFTER = { name: 're78', type: 'number', min: 0 } as const;

/** Everything the first boundary allows to be asked for. */
export const FIELDS = [TREAT, RACE, MARRIED, EARNINGS_BEFORE, EARNINGS_AFTER].map(({ name }) => name);

const COVARIATES = [AGE, EDUCATION, RACE, MARRIED, NO_DEGREE, EARNINGS_BEFORE, EARNINGS_YEAR_BEFORE];

/** And what its amendment does: everything that is known from before the programme. */
export const FIELDS_AMENDED = [TREAT, ...COVARIATES, EARNINGS_AFTER].map(({ name }) => name);

/** Cells of treatment × race × married with counts and sums: nobody's own row. */
export const CELLS = {
  level: 'CELLS',
  fields: [TREAT, RACE, MARRIED, EARNINGS_AFTER],
  dimensions: [TREAT.name, RACE.name, MARRIED.name],
  sums: [EARNINGS_AFTER.name],
} as const;

/** A row per person, under a pseudonym made by the holder. */
export const ROWS = {
  level: 'ROWS',
  fields: [{ name: 'person', type: 'pseudonym' }, TREAT, EARNINGS_BEFORE, EARNINGS_AFTER],
  dimensions: [],
  sums: [],
} as const;

/**
 * The same with all covariates. In the holder's order: of two people who are equally near, the one who comes first is the
 * match, as in the reference.
 */
export const ROWS_TO_MATCH = {
  ...{ level: 'ROWS', dimensions: [], sums: [], rowOrder: 'KEEP' },
  fields: [{ name: 'person', type: 'pseudonym' }, TREAT, ...COVARIATES, EARNINGS_AFTER],
} as const;

/** Who took part is matched with who did not, alike in everything known before; by what MatchIt does unless told otherwise. */
export const MATCHING = {
  ...{ treatment: TREAT.name, outcome: EARNINGS_AFTER.name },
  covariates: COVARIATES.map(({ name }) => name),
} as const;

/** The raw file's column that says whose record a row is. */
export const PERSON_COLUMN = 'id';

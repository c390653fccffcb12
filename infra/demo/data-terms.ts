// The words and shapes of the data that the demonstration's requests, grants and boundary share.

export const SOURCE = 'employment programme records';
export const PURPOSE = 'whether the programme raised earnings';
export const METHODS = ['descriptive'];

const TREAT = { name: 'treat', type: 'category', codes: ['0', '1'] } as const;
const RACE = { name: 'race', type: 'category', codes: ['black', 'hispan', 'white'] } as const;
const MARRIED = { name: 'married', type: 'category', codes: ['0', '1'] } as const;
const EARNINGS_BEFORE = { name: 're74', type: 'number', min: 0 } as const;
const EARNINGS_AFTER = { name: 're78', type: 'number', min: 0 } as const;

/** Everything the boundary allows to be asked for. */
export const FIELDS = [TREAT, RACE, MARRIED, EARNINGS_BEFORE, EARNINGS_AFTER].map(({ name }) => name);

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

/** The raw file's column that says whose record a row is. */
export const PERSON_COLUMN = 'id';

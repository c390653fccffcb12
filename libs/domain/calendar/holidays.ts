// Days on which nobody works besides Saturdays and Sundays, as data.

/**
 * Bank holidays in England and Wales, with the substitute days for those that fall on a weekend (Banking and Financial Dealings
 * Act 1971, Sch. 1, and the holidays proclaimed each year). Complete for the years named; a day proclaimed later is added here.
 * Outside these years only weekends count.
 */
export const HOLIDAYS: readonly string[] = [
  ...[
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-04',
    '2026-05-25',
    '2026-08-31',
    '2026-12-25',
    '2026-12-28',
  ],
  ...[
    '2027-01-01',
    '2027-03-26',
    '2027-03-29',
    '2027-05-03',
    '2027-05-31',
    '2027-08-30',
    '2027-12-27',
    '2027-12-28',
  ],
  ...[
    '2028-01-03',
    '2028-04-14',
    '2028-04-17',
    '2028-05-01',
    '2028-05-29',
    '2028-08-28',
    '2028-12-25',
    '2028-12-26',
  ],
];

/** The last year for which they are all known. */
export const HOLIDAYS_UNTIL = 2028;

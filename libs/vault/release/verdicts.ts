// The holder's verdict on a sum: does it rest on so few people that one of them could be told from it (DOMAIN § 5)?

/** Starting values of ACRO 1.0: the two largest make up 90 %, and what remains is less than a tenth of the largest. */
const DOMINANT_SHARE = 0.9;
const LEAST_RATIO = 0.1;

/**
 * SQL aggregates over a group's values, one a person: `pass`, `fail`, or `review` where negative values make the rules
 * meaningless. 0 of 0 is no dominance; for the p-ratio it counts as too little, as in ACRO 1.0.
 */
export function verdictsOf(value: string): { readonly dominance: string; readonly p_ratio: string } {
  const largest = `coalesce(max(${value}, 2)[1], 0)`;
  const second = `coalesce(max(${value}, 2)[2], 0)`;
  const reviewed = `when min(${value}) < 0 then 'review'`;
  return {
    dominance: `case ${reviewed} when sum(${value}) > 0 and ${largest} + ${second} >= ${DOMINANT_SHARE} * sum(${value}) then 'fail' else 'pass' end`,
    p_ratio: `case ${reviewed} when ${largest} = 0 or sum(${value}) - ${largest} - ${second} < ${LEAST_RATIO} * ${largest} then 'fail' else 'pass' end`,
  };
}

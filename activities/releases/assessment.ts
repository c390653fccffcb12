// The assessment of a release in sentences, for those who sign it (T9). Pure.
import type { ReleaseManifest } from '#libs/vault';

type Across = NonNullable<ReleaseManifest['assessment']['across']>;

export function assessmentInWords({ rows, assessment, linkage, level }: ReleaseManifest): string {
  const { people, smallestGroup, uniqueGroups, smallGroups, quasiIdentifiers, diversity, across } =
    assessment;
  const known = quasiIdentifiers.length === 0 ? 'nothing' : quasiIdentifiers.join(', ');
  return [
    `${rows} rows about ${people} people; the smallest group has ${smallestGroup}, ${smallGroups} groups have fewer than 10.`,
    `Of a person others may know ${known}: ${uniqueGroups} people are alone with theirs.`,
    ...diversity.map(({ field, fewestValues, groupsAlike }) =>
      groupsAlike === 0
        ? `In every group "${field}" has at least ${fewestValues} different values.`
        : `In ${groupsAlike} groups everybody shares one value of "${field}": whoever knows the group knows it.`,
    ),
    ...(linkage ? [linkedInWords(linkage)] : []),
    ...(across ? acrossInWords(across) : []),
    ...(level === 'ROWS' ? ['Its rows are treated as personal data.'] : []),
  ].join(' ');
}

function linkedInWords({ people, inAll, published = [] }: NonNullable<ReleaseManifest['linkage']>): string {
  const each = people.map((part) => `${part.people} from deposit ${part.deposit}`).join(', ');
  const linked = people.length > 1 ? [`Linked from ${each}; ${inAll} people are in all of them.`] : [];
  const beside = published.map(
    ({ deposit, by, rows, found }) =>
      `What was published (${deposit}) stands beside them by ${by.join(', ')}: beside ${found} of ${rows} rows.`,
  );
  return [...linked, ...beside].join(' ');
}

function acrossInWords({ releases, together }: Across): string[] {
  const unknown = releases.filter(({ people }) => people === null).map(({ release }) => release);
  const told = releases.flatMap(({ release, isLive, people }) => {
    if (!people || people.both === 0) return [];
    const shared = `${people.both} of the people are in ${isLive ? 'the live' : 'the past'} release ${release} too`;
    return [`${shared}${closeness(people)}.`];
  });
  return [
    ...told,
    ...(unknown.length > 0 ? [`Who is in ${unknown.join(', ')} is not known.`] : []),
    ...(together.releases > 1
      ? [
          `Whoever joined all ${together.releases} releases would find a smallest group of ${together.smallestGroup}, and ${together.alone} people alone in theirs.`,
        ]
      : []),
  ];
}

function closeness({ isClose, closeGroups }: NonNullable<Across['releases'][number]['people']>): string {
  if (isClose) return ', and the two differ by a few people only';
  return closeGroups > 0 ? `, and ${closeGroups} groups of the two differ by a few people only` : '';
}

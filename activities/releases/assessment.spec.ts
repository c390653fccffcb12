// What signers read of a release's risk: every figure of the assessment, and nothing else.
import type { ReleaseManifest } from '#libs/vault';
import { assessmentInWords } from './assessment';

const ALONE = {
  ...{ people: 40, smallestGroup: 2, quasiIdentifiers: ['area', 'age'], uniqueGroups: 0, smallGroups: 3 },
  smallestGroups: [2, 4, 9],
  diversity: [],
};
const manifest = (more: object) =>
  ({ rows: 41, level: 'ROWS', assessment: ALONE, ...more }) as unknown as ReleaseManifest;

describe('the assessment in words', () => {
  it('T9: says what stands alone, what is shared, and that rows stay personal data', () => {
    const diversity = [
      { field: 'admitted', fewestValues: 1, groupsAlike: 2 },
      { field: 'income', fewestValues: 5, groupsAlike: 0 },
    ];
    expect(assessmentInWords(manifest({ assessment: { ...ALONE, diversity } }))).toBe(
      '41 rows about 40 people; the smallest group has 2, 3 groups have fewer than 10. ' +
        'Of a person others may know area, age: 0 people are alone with theirs. ' +
        'In 2 groups everybody shares one value of "admitted": whoever knows the group knows it. ' +
        'In every group "income" has at least 5 different values. Its rows are treated as personal data.',
    );
  });

  it('T9: says what the release adds to those before it, and what is not known of them', () => {
    const people = { both: 40, onlyHere: 0, onlyThere: 3, isClose: true, closeGroups: 1 };
    const releases = [
      { release: 'rel1', isLive: false, people },
      { release: 'rel2', isLive: true, people: { ...people, isClose: false } },
      { release: 'rel3', isLive: true, people: null },
      { release: 'rel4', isLive: true, people: { ...people, both: 0 } },
    ];
    const across = { releases, together: { releases: 3, smallestGroup: 1, alone: 7 } };
    const linkage = {
      people: [
        { deposit: 'd1', people: 30 },
        { deposit: 'd2', people: 20 },
      ],
      inAll: 10,
    };
    const words = assessmentInWords(manifest({ assessment: { ...ALONE, across }, linkage }));
    expect(words).toContain(
      'Linked from 30 from deposit d1, 20 from deposit d2; 10 people are in all of them. ' +
        '40 of the people are in the past release rel1 too, and the two differ by a few people only. ' +
        '40 of the people are in the live release rel2 too, and 1 groups of the two differ by a few people only. ' +
        'Who is in rel3 is not known. ' +
        'Whoever joined all 3 releases would find a smallest group of 1, and 7 people alone in theirs.',
    );
    expect(words).not.toContain('rel4');
  });

  it('B23: says beside how many rows stands what was published, and by which of their fields', () => {
    const published = [{ deposit: 'd2', by: ['lsoa'], rows: 41, found: 39 }];
    const linkage = { people: [{ deposit: 'd1', people: 40 }], inAll: 40, published };
    const words = assessmentInWords(manifest({ linkage }));
    expect(words).toContain('What was published (d2) stands beside them by lsoa: beside 39 of 41 rows.');
    expect(words).not.toContain('Linked from');
  });
});

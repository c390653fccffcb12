// What `TRUST` signs carries what was decided of the data, so that nobody signs for fields without it.
import type { MatrixEntry, ProjectState } from '#libs/domain';
import type { ReleaseManifest } from '#libs/vault';
import { SignedManifest } from '#libs/verify';
import { permitted } from '../../libs/testing/story';
import { manifestCore } from './manifest';

const story = permitted();
const made = { sha256: 'd'.repeat(64) } as ReleaseManifest;
const core = (change: Partial<ProjectState> = {}) => {
  const project = { ...story.project, ...change };
  return manifestCore({ ...story.world, project }, project.releases['rel1']!, made);
};
const entry = (over: Partial<MatrixEntry>): MatrixEntry => ({
  ...{ id: 'ad1', source: 'programme', field: 're78', uses: ['TREND'], subpopulation: null, at: story.now },
  ...{ period: { from: null, to: null }, status: 'CONTESTED', judgements: [], challenges: [], knowledge: [] },
  ...over,
});

describe('the manifest', () => {
  it('I6: names the digest of the data where the verifier looks for it', () => {
    expect(SignedManifest.parse(core()).data.sha256).toBe(made.sha256);
  });

  it('B35: says what was decided of the fields it holds, and of no other', () => {
    const matrix = {
      ad1: entry({}),
      ad2: entry({ id: 'ad2', field: 'never_given', status: 'INADMISSIBLE' }),
      ad3: entry({ id: 'ad3', source: 'elsewhere' }),
    };
    expect(core({ matrix }).admissibility?.map(({ field, status }) => [field, status])).toEqual([
      ['re78', 'CONTESTED'],
    ]);
    expect(core()).not.toHaveProperty('admissibility');
  });

  it('DOMAIN § 5: says what cannot be, as the dictionary does', () => {
    const described = { deposit: 'd1', variables: [], structuralZeros: [{ treat: '1', race: 'hispan' }] };
    const dictionaries = { d1: { ...described, person: 'per_holder', at: story.now, published: null } };
    expect(core({ dictionaries })).toMatchObject({ structuralZeros: described.structuralZeros });
    expect(core()).not.toHaveProperty('structuralZeros');
  });
});

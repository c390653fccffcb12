// A holder describes what it deposits, and publishes the description without any data.
import type { ProjectCommand } from '../index';
import { deposited, atDataRequest } from '../../testing/story';
import { imported, registered } from '../../testing/published-story';
import type { Name, Story } from '../../testing/story';

type Give = Extract<ProjectCommand, { type: 'GiveDictionary' }>;
const variable = (field: string, codes: { code: string; meaning: string }[] = []) => ({
  ...{ field, label: 'l', context: null, flaws: 'f', codes },
});
const fieldsOf = (story: Story) =>
  story.project.requests['r1']!.answer!.grant!.depositAs.fields.filter(({ type }) => type !== 'pseudonym');
const give = (story: Story, over: Partial<Give> = {}): Give => ({
  ...({ type: 'GiveDictionary', deposit: 'd1', structuralZeros: [] } as const),
  variables: fieldsOf(story).map(({ name }) => variable(name)),
  ...over,
});
const tried = (story: Story, name: Name, command: ProjectCommand): string => {
  const answer = story.tryProject(story.as(name), command);
  return answer.ok ? 'ACCEPTED' : answer.refusal.reason;
};

describe('a data dictionary', () => {
  it('describes each granted field once, by codes that were granted', () => {
    const story = deposited(atDataRequest(), [], 'DEIDENTIFIED');
    const [first] = fieldsOf(story);
    const name = first!.name;
    expect(tried(story, 'holder', give(story, { variables: [] }))).toContain(`"${name}" is not described`);
    const twice = [...give(story).variables, variable(name), variable('extra')];
    expect(tried(story, 'holder', give(story, { variables: twice }))).toMatch(
      /"extra" is not in it; ".*" is described twice/,
    );
    const zero = { structuralZeros: [{ [name]: 'never' }] };
    expect(tried(story, 'holder', give(story, zero))).toContain('a combination of at least two codes');
    expect(tried(story, 'lead', give(story))).toMatch(/role/);
    expect(tried(story, 'holder', give(story))).toBe('ACCEPTED');
  });

  it('is published by the holder alone, and anew after it was changed', () => {
    const story = deposited(atDataRequest(), [], 'DEIDENTIFIED');
    const publish = { type: 'PublishDictionary', deposit: 'd1' } as const;
    expect(tried(story, 'holder', publish)).toBe('the deposit has no dictionary');
    story.onProject(story.as('holder'), give(story)).onProject(story.as('holder'), publish);
    expect(story.project.dictionaries['d1']?.published).not.toBeNull();
    story.onProject(story.as('holder'), give(story));
    expect(story.project.dictionaries['d1']?.published).toBeNull();
  });

  it('B52: of a published file it is given and published by the organisation that imports it', () => {
    const story = imported(registered(atDataRequest()));
    const describes: Give = {
      ...{ type: 'GiveDictionary', deposit: 'd1', structuralZeros: [] },
      variables: story.project.imports['imp1']!.depositAs.fields.filter(
        ({ type }) => type !== 'pseudonym',
      ).map(({ name }) => variable(name)),
    };
    const importer = story.project.imports['imp1']!.person.replace('per_', '') as Name;
    expect(tried(story, importer, { ...describes, variables: [] })).toContain('is not described');
    expect(tried(story, 'holder' === importer ? 'researcher' : 'holder', describes)).toMatch(
      /role|only org_/,
    );
    expect(tried(story, importer, describes)).toBe('ACCEPTED');
    expect(tried(story, importer, { type: 'PublishDictionary', deposit: 'd1' })).toBe('ACCEPTED');
  });
});

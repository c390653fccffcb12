// A method's parameters as a researcher types them: a field each, and the method's own schema judges what comes of it.
import { catalogue, MethodName, parametersOf } from '#libs/statistics';
import { parameterFields, parametersTyped } from './parameter-fields';
import { Misfit } from './terms';

const typed = (method: string, fields: Record<string, string>) =>
  parametersTyped(
    method,
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [`params.${name}`, value])),
  );
const misfits = (method: string, fields: Record<string, string>): string[] => {
  try {
    typed(method, fields);
    return [];
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return error.issues.map(({ path }) => path);
  }
};

it.each(MethodName.options)('B16: %s has a field for each parameter, and says which are needed', (name) => {
  const parameters = parametersOf(catalogue[name].params).filter(({ shape }) => !shape.isMade);
  const fields = parameterFields(name);
  expect(fields.map((field) => field.name)).toEqual(parameters.map(({ path }) => `params.${path}`));
  const needed = fields.flatMap((field) => (field.optional === true ? [] : [field.name]));
  expect(misfits(name, {})).toEqual(expect.arrayContaining(needed));
  // Whatever else the schema needs, some field of the form says it.
  for (const path of misfits(name, {}))
    expect(fields.some((field) => path === field.name || path.startsWith(`${field.name}.`))).toBe(true);
});

it('what is typed is what the method takes: text, numbers, lists, choices, and parts of a whole', () => {
  expect(typed('descriptive', { outcome: 're78', groups: 'treat', strata: '', sd: 'true' })).toEqual({
    ...{ outcome: 're78', groups: 'treat', sd: true },
  });
  expect(
    typed('matching', {
      ...{ treatment: 'treat', outcome: 're78', covariates: 'age\n{"field": "educ", "as": "factor"}' },
      ...{ 'caliper.width': '0.2', gammas: '1, 1.5', replacement: 'false', estimand: 'ATC' },
    }),
  ).toEqual({
    ...{ treatment: 'treat', outcome: 're78', covariates: ['age', { field: 'educ', as: 'factor' }] },
    ...{ caliper: { width: 0.2 }, gammas: [1, 1.5], replacement: false, estimand: 'ATC' },
  });
});

it('a name of figures stays text where text is meant, and is a number where either may stand', () => {
  const series = { outcome: '1978', time: 'year', interruption: '2014' };
  expect(typed('segmented', series)).toEqual({ ...series, interruption: 2014 });
  expect(typed('segmented', { ...series, interruption: '2014-09' })).toMatchObject({
    interruption: '2014-09',
  });
});

it.each([
  ['level', 'high'],
  ['ratio', '1.5'],
  ['replacement', 'perhaps'],
  ['estimand', 'ALL'],
  ['covariates', '{"field": '],
  ['caliper.width', '-1'],
])('what does not fit is told at its field: %s', (name, value) => {
  const given = { treatment: 'treat', outcome: 're78', covariates: 'age', [name]: value };
  expect(misfits('matching', given).map((path) => path.startsWith(`params.${name}`))).toContain(true);
});

it('a method nobody knows has no parameters', () => {
  expect([parameterFields('guess'), parametersTyped('guess', {})]).toEqual([[], undefined]);
});

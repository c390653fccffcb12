// Forms about analyses: a run is registered with its hypothesis before anything is seen.
import { catalogue, MethodName } from '#libs/statistics';
import { RegisterAnalysis } from '../../analyses/analyses.controller';
import { isOpen } from './cycle-forms';
import { given } from './reading';
import { Misfit, read } from './terms';
import type { Form } from './terms';

export const registerAnalysis: Form = {
  ...{ name: 'register-analysis', title: 'Register an analysis', action: 'analysis.register' },
  fits: (world) => isOpen(world) && permitted(world).length > 0,
  about:
    'What you expect, and what would count as support, is recorded before any result is seen. The run starts at once; its result goes to an output checker, who is not you.',
  fields: [
    {
      ...{ name: 'release', label: 'On which release?', kind: 'radios' },
      options: (world) => permitted(world).map((id) => ({ value: id, text: id })),
    },
    {
      ...{ name: 'method', label: 'By which method?', kind: 'select' },
      options: () => MethodName.options.map((name) => ({ value: name, text: catalogue[name].title })),
    },
    {
      ...{ name: 'params', label: 'Parameters', kind: 'text' },
      hint: 'As JSON, such as {"outcome": "re78", "groups": "treat"}. GET /methods tells those of each method.',
    },
    {
      ...{ name: 'rounding', label: 'Round counts to', kind: 'line', optional: true },
      hint: 'A whole number of at least 5, for results of counts alone. Left out, small numbers are hidden.',
    },
    { name: 'hypothesis', label: 'Your hypothesis', kind: 'text' },
    { name: 'support', label: 'What would count as support?', kind: 'text' },
    {
      ...{
        name: 'tests',
        label: 'Which registered hypothesis does it test?',
        kind: 'select',
        optional: true,
      },
      options: ({ project }) => project.hypotheses.map(({ id }) => ({ value: id, text: id })),
      if: ({ project }) => project.hypotheses.length > 0,
    },
  ],
  send: (handlers, call, project, fields) => {
    const body = {
      ...{ release: given(fields.release), method: given(fields.method), params: jsonOf(fields.params) },
      ...{ hypothesis: given(fields.hypothesis), support: given(fields.support) },
      ...(given(fields.rounding) === undefined ? {} : { rounding: Number(fields.rounding) }),
      ...(given(fields.tests) === undefined ? {} : { tests: given(fields.tests) }),
    };
    return handlers.data.analyses.register(call, project, read(RegisterAnalysis, body));
  },
};

const permitted = ({ project }: Parameters<Form['fits']>[0]): string[] =>
  Object.values(project.releases).flatMap(({ id, permit }) => (permit === null ? [] : [id]));

function jsonOf(text: string | undefined): unknown {
  if (given(text) === undefined) return undefined;
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch (error) {
    const message = `this is not JSON (${error instanceof Error ? error.message : 'unreadable'})`;
    throw new Misfit([{ path: 'params', message }]);
  }
}

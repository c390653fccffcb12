// Forms about analyses: a run is registered with its hypothesis before anything is seen, and what was done otherwise is said.
import { DEVIATION_PARTS, USES } from '#libs/domain';
import type { World } from '#libs/domain';
import { catalogue, MethodName } from '#libs/statistics';
import type { Fields } from '#libs/web/http';
import { AnalysesController, Deviate, RegisterAnalysis } from '../../analyses/analyses.controller';
import { LocalId } from '../../http/fields';
import { form } from './declared';
import { among, analyses, choice, line, list, number, radios, REASON, select, text } from './fields';
import { having, isOpen } from './fitting';
import { hypotheses } from './hypothesis-forms';
import { parameterFields, parametersTyped } from './parameter-fields';
import { given } from './reading';
import type { Piece } from './terms';

const WINDOW = 'A day such as 2014-09-01; left out, without end.';

const permitted = ({ project }: World) =>
  Object.values(project.releases).filter(({ permit }) => permit !== null);

/** What the chosen method does. */
function methodOf(chosen: string): Piece[] {
  const method = MethodName.safeParse(chosen);
  if (!method.success) return [];
  const { title, description } = catalogue[method.data];
  return [{ key: title, rows: [['What it does', description]] }];
}

export const registerAnalysis = form({
  ...{ name: 'register-analysis', title: 'Register an analysis' },
  fits: (world) => isOpen(world) && permitted(world).length > 0,
  about:
    'What you expect, and what would count as support, is recorded before any result is seen. The run starts at once; its result goes to an output checker, who is not you.',
  route: [AnalysesController, 'register'],
  schema: RegisterAnalysis,
  // Only what was signed for a release can be run on it.
  first: select('method', 'By which method?', (world) =>
    MethodName.options
      .filter((name) => permitted(world).some(({ methods }) => methods.includes(name)))
      .map((name) => ({ value: name, text: catalogue[name].title })),
  ),
  shown: (_world, _call, method) => methodOf(method),
  fields: (_world, _call, method) => [
    radios('release', 'On which release?', (world) =>
      permitted(world).map(({ id }) => ({ value: id, text: id })),
    ),
    ...parameterFields(method),
    select('use', 'What does it do with its fields?', among(USES), {
      ...{ optional: true, hint: 'Unsaid, every use has to be admissible.' },
    }),
    line('window.from', 'From which day does it look?', { optional: true, hint: WINDOW }),
    line('window.to', 'Until which day?', { optional: true, hint: WINDOW }),
    line('window.by', 'By which field are the days told?', {
      ...{ optional: true, hint: 'Only then are rows outside the window left out.' },
    }),
    line('subpopulation.field', 'Only people whose field', {
      optional: true,
      hint: 'Unsaid, it looks at everybody.',
    }),
    list('subpopulation.values', 'holds one of', { optional: true }),
    number('rounding', 'Round counts to', {
      optional: true,
      hint: 'A whole number of at least 5, for results of counts alone. Left out, small numbers are hidden.',
    }),
    text('hypothesis', 'Your hypothesis'),
    text('support', 'What would count as support?'),
    select('tests', 'Which registered hypothesis does it test?', hypotheses, {
      ...{ optional: true, if: ({ project }) => project.hypotheses.length > 0 },
    }),
  ],
  besides: (fields) => ({
    ...{ params: parametersTyped(fields['method'] ?? '', fields), window: windowOf(fields) },
    ...((given(fields['subpopulation.field']) ?? given(fields['subpopulation.values']))
      ? {}
      : { subpopulation: undefined }),
  }),
  with: (body, project) => [project, body],
});

export const recordDeviation = form({
  ...{ name: 'record-deviation', title: 'Say what was done otherwise than registered' },
  about: 'It stands beside the result, whoever reads it.',
  fits: having((project) => project.analyses),
  route: [AnalysesController, 'deviate'],
  schema: Deviate.extend({ analysis: LocalId }),
  fields: [
    select('analysis', 'In which analysis?', analyses),
    choice('part', 'What of it?', DEVIATION_PARTS),
    REASON,
  ],
  with: ({ analysis, ...body }, project) => [project, analysis, body],
});

/** A side that was left open is open; nothing at all is no window. */
function windowOf(fields: Fields): object | undefined {
  const [from, to, by] = ['from', 'to', 'by'].map((part) => given(fields[`window.${part}`]));
  if (from === undefined && to === undefined && by === undefined) return undefined;
  return { from: from ?? null, to: to ?? null, ...(by === undefined ? {} : { by }) };
}

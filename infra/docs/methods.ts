// The catalogue of methods as a page, from what each method declares, so that it cannot say anything else.
import { catalogue, parametersOf } from '#libs/statistics';
import type { Parameter } from '#libs/statistics';

const HEAD = `# Methods

Made by \`npm run docs\` from the catalogue (\`libs/statistics/catalogue.ts\`); the API lists the same under \`/methods\`, with each method's
JSON Schema. Numbers pass the output check before anyone but a checker sees them, by the rules named here and whatever the holders' conditions add.
`;

export function methodsPage(): string {
  return `${HEAD}\n${Object.values(catalogue).map(sectionOf).join('\n')}`;
}

type Shown = (typeof catalogue)[keyof typeof catalogue];

function sectionOf({ name, version, title, description, params, ...method }: Shown): string {
  const { accepts, reports, reference, rules, weights } = method;
  return [
    `## ${title} (\`${name}\` ${version})`,
    description,
    [
      `- Reads ${accepts.join(' or ')}.`,
      `- Reports: ${reports}`,
      `- Held to: ${reference}`,
      `- Weights: ${'takes' in weights ? weights.takes : `none, for ${weights.refuses}`}${'takes' in weights ? '.' : ''}`,
      `- Rules of the check: ${rules.map((rule) => rule.replaceAll('_', ' ')).join(', ')}.`,
    ].join('\n'),
    'Parameters:',
    `${parametersOf(params).map(line).join('\n')}\n`,
  ].join('\n\n');
}

/** A line per parameter; those that one is made of stand below it. */
function line({ path, takes, otherwise, about }: Parameter): string {
  const [name = '', ...above] = path.split('.').reverse();
  const rest =
    otherwise === null
      ? 'needed'
      : otherwise === undefined
        ? 'may be left out'
        : `\`${otherwise}\` if not given`;
  return `${'  '.repeat(above.length)}- \`${name}\` (${takes}, ${rest})${about === '' ? '' : `: ${about}`}`;
}

// What was wrong with a form: what the schema says of a field beside that field; what a rule says, with its remedy, above them all.
import type { Fields } from '#libs/web/http';
import { problemOf } from '../../problems/mapping';
import { sentence } from '../problem-page';
import { Misfit } from './terms';
import type { FormField } from './terms';

export interface FormError {
  text: string;
  href?: string;
  field?: string;
}

type Asked = Pick<FormField, 'name' | 'label' | 'kind'>;

/** @throws what is no answer to the form: a fault of ours. */
export function errorsOf(
  thrown: unknown,
  fields: readonly Asked[],
  values: Fields,
): { status: number; errors: FormError[] } {
  if (thrown instanceof Misfit) {
    const errors = thrown.issues.map(({ path, message }) => {
      const field = fields.find(({ name }) => path === name || path.startsWith(`${name}.`));
      if (field === undefined) return { text: sentence(`${path}: ${message}`) };
      const text = isEmpty(field, values) ? needed(field) : sentence(`${field.label}: ${message}`);
      return { text, field: field.name, href: `#${field.name}` };
    });
    return { status: 422, errors };
  }
  const { status, detail, remedy, missing = [] } = problemOf(thrown);
  if (status >= 500) throw thrown;
  const lines = missing.map(({ rule, reason }) => ({ text: `${rule}: ${reason}` }));
  return { status, errors: [{ text: `${sentence(detail)} ${sentence(remedy)}` }, ...lines] };
}

const needed = ({ label }: Asked): string =>
  label.endsWith('?') ? `${label} An answer is needed.` : `${label}: this is needed.`;

const isEmpty = ({ name, kind }: Asked, values: Fields): boolean =>
  kind === 'boxes'
    ? !Object.keys(values).some((key) => key.startsWith(`${name}.`))
    : (values[name] ?? '') === '';

// What every process that serves pages puts around them: headers, forms, proofs that a form is its own.
export { fieldsOf, formParser } from './form';
export type { Fields } from './form';
export { checkOrigin, cookieOf, ForeignForm, keyed, same, wellFormed } from './proof';
export { securityHeaders } from './headers';

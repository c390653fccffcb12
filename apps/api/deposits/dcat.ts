// A published dictionary as a catalogue entry: DCAT 3 for the data set, CSVW for its columns.
import type { Dictionary, World } from '#libs/domain';
import { provenanceOf } from '#libs/domain';
import { said } from '../http/said';

/** JSON-LD without any data: what the set is, who holds it, how it came about, and what each column means. */
export function dcat({ programme, project }: World, { deposit, variables, published }: Dictionary) {
  const request = project.requests[project.deposits[deposit]?.request ?? ''];
  const spec = request?.answer?.grant?.depositAs;
  const fields = new Map(spec?.fields.map((field) => [field.name, field]));
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      csvw: 'http://www.w3.org/ns/csvw#',
      skos: 'http://www.w3.org/2004/02/skos/core#',
      foaf: 'http://xmlns.com/foaf/0.1/',
    },
    '@type': 'dcat:Dataset',
    'dct:identifier': `${project.id}/${deposit}`,
    'dct:title': request?.ask.source ?? deposit,
    'dct:issued': published?.at ?? null,
    'dct:publisher': {
      '@type': 'foaf:Organization',
      'foaf:name': said(programme.organisations[request?.holder ?? '']?.name),
    },
    'dct:accessRights': 'http://publications.europa.eu/resource/authority/access-right/RESTRICTED',
    'dct:provenance': request ? provenanceOf(project, request) : null,
    'csvw:tableSchema': {
      'csvw:column': variables.map(({ field, label, context, flaws, codes }) => ({
        ...{
          'csvw:name': field,
          'csvw:titles': said(label),
          'csvw:datatype': DATATYPE[typeIn(fields, field)],
        },
        ...{ 'dct:provenance': said(context), 'skos:editorialNote': said(flaws) },
        'skos:hasTopConcept': codes.map(({ code, meaning }) => ({
          ...{ '@type': 'skos:Concept', 'skos:notation': code, 'skos:prefLabel': said(meaning) },
        })),
      })),
    },
  };
}

const DATATYPE = {
  ...{
    integer: 'integer',
    number: 'double',
    text: 'string',
    category: 'string',
    date: 'date',
    pseudonym: 'string',
  },
} as const;

const typeIn = (fields: ReadonlyMap<string, { type: keyof typeof DATATYPE }>, name: string) =>
  fields.get(name)?.type ?? 'text';

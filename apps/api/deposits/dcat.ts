// A published dictionary as a catalogue entry: DCAT 3 for the data set, CSVW for its columns.
import type { DataRequest, Dictionary, PublishedImport, World } from '#libs/domain';
import { provenanceOf } from '#libs/domain';
import { said } from '../http/said';

/** JSON-LD without any data: what the set is, who holds it, how it came about, and what each column means. */
export function dcat(world: World, { deposit, variables, published }: Dictionary) {
  const { project } = world;
  const answers = project.deposits[deposit]?.request ?? '';
  const [request, imported] = [project.requests[answers], project.imports[answers]];
  const spec = imported?.depositAs ?? request?.answer?.grant?.depositAs;
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
    'dct:issued': published?.at ?? null,
    ...(imported ? ofImport(world, imported) : ofRequest(world, request, deposit)),
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

/** What a holder gave for this project only: nobody else can have it. */
const ofRequest = ({ programme, project }: World, request: DataRequest | undefined, deposit: string) => ({
  'dct:title': request?.ask.source ?? deposit,
  'dct:publisher': {
    '@type': 'foaf:Organization',
    'foaf:name': said(programme.organisations[request?.holder ?? '']?.name),
  },
  'dct:accessRights': `${ACCESS_RIGHT}/RESTRICTED`,
  'dct:provenance': request ? provenanceOf(project, request) : null,
});

/** What anybody can have from its publisher, under which licence, in which version. */
function ofImport({ programme, project }: World, { source: id, file }: PublishedImport) {
  const source = project.sources[id]?.terms;
  return {
    'dct:title': source?.name ?? id,
    'dct:publisher': {
      '@type': 'foaf:Organization',
      'foaf:name': said(source?.heldBy ?? programme.organisations[source?.holder ?? '']?.name),
    },
    'dct:accessRights': `${ACCESS_RIGHT}/PUBLIC`,
    'dct:provenance': 'PUBLISHED',
    'dcat:landingPage': file.address,
    'dcat:version': file.version,
    'dct:license': file.licence,
  };
}

const ACCESS_RIGHT = 'http://publications.europa.eu/resource/authority/access-right';

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

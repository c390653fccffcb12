// The API's own description: OpenAPI 3.1 from the same schemas that judge requests.
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { Problem } from './problems/problem';

type PathItem = OpenAPIObject['paths'][string];

/** Builds the document and serves it at /openapi.json, with a page to try it at /docs. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Parley')
    .setDescription(
      'Participatory action research cycles over data that nobody may simply hand over. Every refusal is a problem ' +
        '(RFC 9457) that names the rule, the reason and the remedy.',
    )
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token.' })
    .build();
  const document = SwaggerModule.createDocument(app, frame, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const { $schema: _, ...problem } = z.toJSONSchema(Problem);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem as Record<string, unknown> },
  };
  for (const [path, item] of Object.entries(document.paths)) nameParameters(path, item);
  tellApart(document.paths);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Parley API',
  });
  return document;
}

/** Handlers name only the ids they use; the guard reads the others, and the description names all. */
function nameParameters(path: string, item: PathItem): void {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  for (const operation of [item.get, item.put, item.post, item.delete]) {
    if (operation === undefined) continue;
    const known = operation.parameters ?? [];
    const missing = names.filter(
      (name) => !known.some((p) => 'name' in p && p.in === 'path' && p.name === name),
    );
    const schema = { type: 'string' };
    operation.parameters = [
      ...missing.map((name) => ({ name, in: 'path', required: true, schema }) as const),
      ...known,
    ];
  }
}

/** A route that programmes and projects share is two operations, each with an id of its own. */
function tellApart(paths: OpenAPIObject['paths']): void {
  for (const [path, item] of Object.entries(paths)) {
    for (const operation of [item.get, item.put, item.post, item.delete]) {
      if (operation?.operationId === undefined || !path.startsWith('/programmes/')) continue;
      if (twinOf(path) in paths && !operation.operationId.endsWith('Programme'))
        operation.operationId += 'OfProgramme';
    }
  }
}

const twinOf = (path: string): string => path.replace('/programmes/{programme}/', '/projects/{project}/');

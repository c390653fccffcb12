// Holds what the API answers to what it says about itself: every GET with a schema, walked with real ids.
import { z } from 'zod';
import type { ApiClient } from './client';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

interface OpenApi {
  paths: Record<
    string,
    { get?: { responses: Record<string, { content?: Record<string, { schema?: JsonSchema }> }> } }
  >;
}

/** Each described GET whose ids could be found, with what did not fit; empty lists mean all is as described. */
export async function walkDescription(
  client: ApiClient,
  ids: Record<string, string>,
): Promise<Map<string, string[]>> {
  const { paths } = await client.see<OpenApi>('/openapi.json');
  const walked = new Map<string, string[]>();
  for (const [template, { get }] of Object.entries(paths)) {
    const schema = get?.responses['200']?.content?.['application/json']?.schema;
    const path = schema && (await filledIn(client, template, ids));
    if (!schema || !path) continue;
    const answer = await client.get<{ rule?: string }>(path);
    // Of somebody else's organisation: a walk takes the first person there is, and this is shown to their own registrar alone.
    if (answer.status === 403 && answer.body.rule === 'NOT_OWN_ORGANISATION') continue;
    const judged = z.fromJSONSchema(schema).safeParse(answer.body);
    const misfits = judged.success ? [] : judged.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
    walked.set(template, answer.status === 200 ? misfits : [`answered ${answer.status}`]);
  }
  return walked;
}

/** The template with ids: those given, and for the rest the first item of the list it belongs to. */
async function filledIn(
  client: ApiClient,
  template: string,
  ids: Record<string, string>,
): Promise<string | null> {
  let path = '';
  for (const part of template.split('/').slice(1)) {
    const noun = /^\{(\w+)\}$/.exec(part)?.[1];
    const id = noun === undefined ? part : (ids[noun] ?? (await firstOf(client, path)));
    if (id === null) return null;
    path += `/${id}`;
  }
  return path;
}

async function firstOf(client: ApiClient, path: string): Promise<string | null> {
  const answer = await client.get<{ items?: { id: string }[] }>(path);
  return answer.body.items?.[0]?.id ?? null;
}

// Reads a template from YAML; everything wrong with it is said at once, each with its path and line.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { contradictionsIn, Template } from './template';

/** The folder of the templates that come with Parley. */
const FOLDER = __dirname;
/** No template refers to itself again and again: a handful of aliases is plenty. */
const MOST_ALIASES = 50;

export interface TemplateError {
  /** Such as sources.2.holder; empty for the file as a whole. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export class TemplateRefused extends Error {
  override readonly name = 'TemplateRefused';

  constructor(
    where: string,
    readonly errors: readonly TemplateError[],
  ) {
    const each = errors.map((error) => `line ${error.line}, ${error.path || 'the whole'}: ${error.message}`);
    super(`The template ${where} cannot be used:\n${each.join('\n')}`);
  }
}

/** @throws TemplateRefused with every error there is. */
export function readTemplate(text: string, where: string): Template {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: MOST_ALIASES } as object);
  const broken = document.errors.map(({ pos, message }) => ({
    ...{ path: '', line: lines.linePos(pos[0]).line, message: message.split('\n')[0] ?? message },
  }));
  if (broken.length > 0) throw new TemplateRefused(where, broken);
  const said = content(document, where);
  const parsed = Template.safeParse(said);
  const contradictions = contradictionsIn(said);
  if (parsed.success && contradictions.length === 0) return parsed.data;
  const errors = [...(parsed.error?.issues ?? []), ...contradictions].map(({ path: at, message }) => ({
    ...{ path: at.join('.'), line: lineOf(document, lines, at), message },
  }));
  throw new TemplateRefused(where, errors);
}

function content(document: Document, where: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw new TemplateRefused(where, [{ path: '', line: 1, message: (error as Error).message }]);
  }
}

/** Where the path stands or, if it is missing, where it would have to stand. */
function lineOf(document: Document, lines: LineCounter, at: readonly PropertyKey[]): number {
  for (let length = at.length; length > 0; length--) {
    const node = document.getIn(at.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** The templates that come with Parley, by name. @throws TemplateRefused if one of them has errors. */
export function ownTemplates(): ReadonlyMap<string, Template> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const templates = files.map((name) => readTemplate(readFileSync(path.join(FOLDER, name), 'utf8'), name));
  return new Map(templates.map((template) => [template.name, template]));
}

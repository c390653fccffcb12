// Reads a plain file into the engine: while its canonical rows are still being written, the first parts of them are loaded.
import path from 'node:path';
import type { Engine, EngineLimits } from '../engine/engine';
import { FileRows } from '../engine/tables';
import type { DataSpec } from '../grant/spec';
import { unlessAborted, writePieces } from '../objects/files';
import type { Pieces } from '../objects/files';
import { StructurePass } from './structure';
import { openTabular } from './tabular';

/** Rows that are written before the engine is given them. It takes what has gathered while it was busy, and parses files beside each other. */
const PART_BYTES = 2 ** 24;

export interface PlainFile {
  /** Where the plain bytes come from. */
  readonly plain: Pieces;
  readonly spec: DataSpec;
  /** A private directory for the canonical rows. */
  readonly directory: string;
}

export interface Canonical {
  readonly pass: StructurePass;
  /** The files in which the canonical rows lie, one after the other. */
  readonly parts: readonly string[];
  /** Digest and length of the file as it came. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Reads a plain file once and leaves its canonical rows in the directory; `loading` may begin with what is there. */
export async function canonicalise(
  { plain, spec, directory }: PlainFile,
  limits: EngineLimits,
  loading: Loading,
  signal?: AbortSignal,
): Promise<Canonical> {
  const pass = new StructurePass(spec);
  const names = pass.columns.map(({ name }) => name);
  const tabular = await openTabular(unlessAborted(plain, signal), { names, directory, limits, signal });
  pass.refuseOthers(tabular.others, 0);
  const parts: string[] = [];
  if (tabular.failure) {
    pass.findings.note('UNREADABLE', { detail: tabular.failure.message });
    return { pass, parts, ...(tabular.original() ?? { sha256: '', bytes: 0 }) };
  }
  const rows = pass.read(tabular.plain);
  for (let isMore = true; isMore;) {
    const file = path.join(directory, `canonical${parts.length + 1}.csv`);
    const part = partOf(rows);
    await writePieces(file, part.pieces());
    parts.push(file);
    isMore = !part.isLast();
    if (isMore && !pass.findings.isRefused) loading.begin({ pass, parts });
  }
  const { sha256, bytes } = tabular.original() ?? pass;
  return { pass, parts, sha256, bytes };
}

/** The next rows, or all there are. */
function partOf(rows: AsyncGenerator<Buffer>) {
  let isLast = false;
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let bytes = 0; bytes < PART_BYTES;) {
      const next = await rows.next();
      if (next.done === true) {
        isLast = true;
        return;
      }
      bytes += next.value.length;
      yield next.value;
    }
  }
  return { pieces, isLast: () => isLast };
}

/** Loads canonical rows into one engine, plain numbers as such. */
export class Loading {
  private rows: FileRows | null = null;
  private loaded = 0;
  private running: Promise<void> = Promise.resolve();
  private isIdle = true;

  constructor(
    private readonly engine: Engine,
    private readonly spec: DataSpec,
    /** SQL of a further column, `named`. */
    private readonly named: string | null = null,
  ) {}

  /** Loads the parts that are there. Whoever finishes it hears what goes wrong. */
  begin(canonical: Pick<Canonical, 'pass' | 'parts'>): void {
    // Values that are not plain make a column text, also where it was read as numbers before: that waits for the end.
    if (!this.isIdle || (this.rows && !this.rows.isOf(this.plainOf(canonical.pass)))) return;
    this.isIdle = false;
    this.running = this.load(canonical).finally(() => (this.isIdle = true));
    this.running.catch(() => undefined);
  }

  /** Loads what is missing. */
  async finish(canonical: Canonical): Promise<void> {
    await this.running;
    if (this.rows && !this.rows.isOf(this.plainOf(canonical.pass))) {
      await this.rows.drop();
      this.rows = null;
      this.loaded = 0;
    }
    await this.load(canonical);
  }

  private async load({ pass, parts }: Pick<Canonical, 'pass' | 'parts'>): Promise<void> {
    this.rows ??= await FileRows.create(this.engine, pass.columns, this.plainOf(pass), this.named);
    while (this.loaded < parts.length) {
      const next = parts.slice(this.loaded);
      await this.rows.load(next, pass.layout);
      this.loaded += next.length;
    }
  }

  /** The columns that are read as numbers. What a key or a rule compares stays text: there 1.0 is not 1. */
  private plainOf({ columns, plainColumns }: StructurePass): boolean[] {
    const { key = [], rules = [] } = this.spec;
    const compared = new Set([
      ...key,
      ...rules.flatMap((rule) => [
        rule.field,
        'notBefore' in rule ? rule.notBefore : rule.requiredWhere.field,
      ]),
    ]);
    return columns.map(({ name }, at) => plainColumns[at] === true && !compared.has(name));
  }
}

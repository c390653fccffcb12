// DuckDB in a process of its own: locked down before it sees a file, limited by whoever started it, gone with its parent.
import { createCipheriv } from 'node:crypto';
import {
  BLOB,
  DuckDBBlobVector,
  DuckDBDoubleVector,
  DuckDBInstance,
  DuckDBScalarFunction,
  DuckDBUUIDVector,
  UUID,
} from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue, DuckDBVector } from '@duckdb/node-api';
import type { EngineColumn, EngineReply, EngineRequest, EngineSettings } from './protocol';

let connection: DuckDBConnection | null = null;

process.on('message', (request: EngineRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
// Without a parent nobody holds the lease: stop at once, whatever is running.
process.on('disconnect', () => process.exit(0));

async function answer(request: EngineRequest): Promise<EngineReply> {
  try {
    if (request.operation === 'open') {
      connection = await open(request.settings);
      return { id: request.id, ok: true, columns: [] };
    }
    if (!connection) throw new Error('Not Open Error: open comes first');
    const result = await connection.run(request.sql, [...request.values]);
    const chunks = await result.fetchAllChunks();
    if (request.operation === 'run') return { id: request.id, ok: true, columns: [] };
    const columns = result.columnNames().map((name, index) =>
      pack(
        name,
        chunks.map((chunk) => chunk.getColumnVector(index)),
      ),
    );
    return { id: request.id, ok: true, columns };
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    return { id: request.id, ok: false, failure: failureOf(text) };
  }
}

function failureOf(message: string): string {
  if (/no space left|disk quota|file too large/i.test(message)) return 'No Space';
  return /^([A-Z][A-Za-z ]{1,40} Error):/.exec(message)?.[1] ?? 'Error';
}

/** The order matters: what may be read is fixed first, then every other door is shut, then the locks are locked. */
async function open(settings: EngineSettings): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${settings.memoryMb}MB`,
    threads: String(settings.threads),
    temp_directory: `${settings.directory}/spill`,
    max_temp_directory_size: '20GB',
  });
  const opened = await instance.connect();
  opened.registerScalarFunction(KEYED_NAME);
  for (const statement of [
    `set allowed_directories=['${settings.directory.replaceAll("'", "''")}']`,
    'set autoinstall_known_extensions=false',
    'set autoload_known_extensions=false',
    'set allow_community_extensions=false',
    'set enable_external_access=false',
    'set lock_configuration=true',
  ]) {
    await opened.run(statement);
  }
  return opened;
}

function pack(name: string, vectors: readonly DuckDBVector[]): EngineColumn {
  const rows = vectors.reduce((sum, { itemCount }) => sum + itemCount, 0);
  if (vectors.every((vector) => vector instanceof DuckDBDoubleVector))
    return { name, kind: 'number', values: doubles(rows, vectors) };
  if (vectors.length > 0 && vectors.every((vector) => vector instanceof DuckDBUUIDVector))
    return { name, kind: 'names', bytes: Buffer.concat(vectors.map(digitsOf)) };
  const values = vectors.flatMap((vector) => vector.toArray());
  const first = values.find((value) => value !== null);
  if (typeof first === 'object' && 'items' in first)
    return { name, kind: 'list', values: values.map(listOf) };
  if (typeof first === 'string') return textOf(name, values);
  return { name, kind: 'number', values: Float64Array.from(values, numberOf) };
}

/** Whole vectors at once: a million numbers are copied, not looked at one by one. */
function doubles(rows: number, vectors: readonly DuckDBDoubleVector[]): Float64Array {
  const all = new Float64Array(rows);
  let from = 0;
  for (const vector of vectors) {
    for (let at = 0; at < vector.itemCount; at += 1) all[from + at] = vector.getItem(at) ?? Number.NaN;
    from += vector.itemCount;
  }
  return all;
}

function textOf(name: string, values: readonly DuckDBValue[]): EngineColumn {
  const positions = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (typeof value !== 'string') return -1;
    const known = positions.get(value);
    if (known !== undefined) return known;
    positions.set(value, positions.size);
    return positions.size - 1;
  });
  return { name, kind: 'text', codes, dictionary: [...positions.keys()] };
}

function numberOf(value: DuckDBValue): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
}

function listOf(value: DuckDBValue): number[] {
  const isList =
    typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);
  return isList ? (value.items as DuckDBValue[]).map(numberOf) : [];
}

/** The name stands in `protocol.ts` too. Thousands of names are one call of the cipher: hashed one by one, they took a sixth of a release. */
const KEYED_NAME = DuckDBScalarFunction.create({
  name: 'keyed_name',
  parameterTypes: [UUID, BLOB],
  returnType: UUID,
  mainFunction: (_info, input, output) => {
    const names = digitsOf(input.getColumnVector(0));
    const cipher = createCipheriv('aes-256-ecb', keyIn(input), null).setAutoPadding(false);
    const enciphered = cipher.update(names);
    for (let at = 0; at < names.length; at += 1) names[at]! ^= enciphered[at]!;
    storedIn(output).set(turned(flipped(names)));
    output.flush();
  },
});

function keyIn(input: DuckDBDataChunk): Uint8Array {
  const keys = input.getColumnVector(1);
  const key = keys instanceof DuckDBBlobVector ? keys.getItemBytes(0) : null;
  if (!key) throw new Error('Invalid Input Error: no key');
  return key;
}

/** The bytes of UUIDs as their digits are read. */
const digitsOf = (vector: DuckDBVector): Uint8Array => flipped(turned(storedIn(vector).slice()));

/** The vector's own memory: its values one by one are two large integers each. */
function storedIn(vector: DuckDBVector): Uint8Array {
  const view: unknown = Reflect.get(vector, 'dataView');
  if (!(view instanceof DataView)) throw new Error('Internal Error: no bytes');
  return new Uint8Array(view.buffer, view.byteOffset, vector.itemCount * 16);
}

/** Each sixteen bytes back to front, in place: DuckDB stores the lowest first. Byte by byte, since a view of each took longer than the cipher. */
function turned(bytes: Uint8Array): Uint8Array {
  for (let first = 0; first < bytes.length; first += 16)
    for (let at = first, last = first + 15; at < last; at += 1, last -= 1) {
      const byte = bytes[at]!;
      bytes[at] = bytes[last]!;
      bytes[last] = byte;
    }
  return bytes;
}

/** The first bit of each sixteen bytes reversed, in place: DuckDB compares UUIDs as signed integers. */
function flipped(bytes: Uint8Array): Uint8Array {
  for (let first = 0; first < bytes.length; first += 16) bytes[first]! ^= 0x80;
  return bytes;
}

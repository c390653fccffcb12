// The granted request's specification: a file saved from the API, or fetched once from its address before any data is read.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DataSpec } from '#libs/vault';
import { PrepareRefused } from './refused';

const Granted = z.looseObject({ depositAs: DataSpec }).transform(({ depositAs }) => depositAs);

/** The grant's `depositAs`: alone, within a grant, or within the request that was answered with it. */
const SpecFile = z.union([
  DataSpec,
  Granted,
  z.looseObject({ grant: Granted }).transform(({ grant }) => grant),
  z.looseObject({ answer: z.looseObject({ grant: Granted }) }).transform(({ answer }) => answer.grant),
]);

export async function readSpec(from: string, tokenFile?: string): Promise<DataSpec> {
  const text = /^https?:\/\//.test(from) ? await fetched(from, tokenFile) : await read(from);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new PrepareRefused(
      `The specification ${from} is not JSON. Save the request's grant as it was given.`,
    );
  }
  const parsed = SpecFile.safeParse(json);
  if (parsed.success) return parsed.data;
  // The union's own message would list every shape; the plain one says what is wrong with what was given.
  const alone = DataSpec.safeParse(specWithin(json));
  const why = alone.success ? parsed.error : alone.error;
  throw new PrepareRefused(`The specification ${from} does not fit:\n${z.prettifyError(why)}`);
}

function specWithin(json: unknown): unknown {
  const at = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null && name in value
      ? (value as Record<string, unknown>)[name]
      : undefined;
  const grant = at(at(json, 'answer'), 'grant') ?? at(json, 'grant') ?? json;
  return at(grant, 'depositAs') ?? json;
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new PrepareRefused(
      `The specification ${file} cannot be read. Ask for the request's grant and save it as JSON.`,
    );
  });
}

/** Plain HTTP only to this machine: what is granted decides what leaves the house, so nobody may change it on the way. */
async function fetched(address: string, tokenFile: string | undefined): Promise<string> {
  const { protocol, hostname } = new URL(address);
  if (protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    throw new PrepareRefused(`${address} is not protected. Use its https address, or save it as a file.`);
  const token = tokenFile === undefined ? null : (await read(tokenFile)).trim();
  const response = await fetch(address, {
    headers: {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(30_000),
  }).catch(() => {
    throw new PrepareRefused(`${address} does not answer. Save the specification as a file and name that.`);
  });
  if (response.ok) return response.text();
  throw new PrepareRefused(
    `${address} answers ${response.status}. Check the address and --token-file, or save it as a file.`,
  );
}

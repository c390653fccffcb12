// `parley export`: a file that is whole, or none.
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { registerExport } from '.';

let dir: string;
let server: Server;
let answer: RequestListener;
const before = { ...process.env };

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-export-'));
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['PARLEY_ENV'] = 'development';
  process.env['API_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  jest.spyOn(console, 'log').mockImplementation();
});
afterAll(() => {
  process.env = before;
  server.close();
  rmSync(dir, { recursive: true });
});

const run = (...options: string[]) => {
  const program = new Command();
  registerExport(program);
  const args = ['export', 'prj_a', '--token', 'secret', '--out', path.join(dir, 'it.zip'), ...options];
  return program.parseAsync(args, { from: 'user' });
};

it('asks for the profile with the token, and keeps what came', async () => {
  answer = ({ url, headers }, response) => response.end(`${url} ${headers.authorization}`);
  await run('--profile', 'public');
  expect(readFileSync(path.join(dir, 'it.zip'), 'utf8')).toBe(
    '/projects/prj_a/export?profile=public Bearer secret',
  );
  rmSync(path.join(dir, 'it.zip'));
});

it('keeps nothing of what broke off', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('PK', () => response.destroy());
  };
  await expect(run()).rejects.toThrow('The export broke off before its end; nothing was kept. Run it again.');
  expect(readdirSync(dir)).toEqual([]);
});

it('says why it was refused, and what to do', async () => {
  answer = (_request, response) =>
    response
      .writeHead(503)
      .end('{"detail":"The log does not sign at present.","remedy":"Export again once it does."}');
  await expect(run()).rejects.toThrow(
    'The export was refused (503). The log does not sign at present. Export again once it does.',
  );
  expect(readdirSync(dir)).toEqual([]);
});

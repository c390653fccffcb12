// The command line as the README calls it.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(__dirname, '..', '..');

it('`npx parley` runs from a built checkout, and names its commands', async () => {
  const { stdout } = await promisify(execFile)('npx', ['--no', '--', 'parley', '--help'], { cwd: ROOT });
  for (const command of ['analyse', 'check', 'prepare', 'verify']) expect(stdout).toContain(`  ${command} `);
});

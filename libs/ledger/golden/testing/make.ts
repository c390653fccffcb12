// Made the golden ledger, once: the entries of a first cycle and the beginning of a second. Never run over an existing one.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { entriesOf } from '#libs/testing';
import { permitted, sealedRelease, secondWave } from '../../../testing/story';
import { outcome } from './outcome';

const DIRECTORY = process.argv[2] ?? path.join(__dirname, '..');

function write(name: string, text: string): void {
  writeFileSync(path.join(DIRECTORY, name), text, { flag: 'wx' });
}

/** Everything up to a second wave, and a project whose release was opened and withdrawn. */
function main(): void {
  const wave = secondWave();
  wave.onProject(wave.as('lead'), { type: 'ProposeBenefit', wave: 2, content: wave.content() });
  wave.sign('BENEFIT', 'researcher', 'official', 'riskOwner');
  const first = sealedRelease(wave, ['rel1'], 'DEIDENTIFIED');
  const second = permitted();
  second.onProject(second.as('holder'), second.withdrawal('holder', second.checkpoint('TRUST')));
  for (const [name, story] of [['two-cycles', first], ['withdrawn', second]] as const) {
    write(`${name}.entries`, entriesOf(story.log).map(({ text }) => `${text}\n`).join(''));
    write(`${name}.outcome.json`, `${JSON.stringify(outcome(story.world, story.now), null, 2)}\n`);
  }
}

main();

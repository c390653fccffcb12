// `npm run bench`: every figure, or those named (`npm run bench -- P1 P8`); a table, and one JSON line per figure.
import { cpus, totalmem } from 'node:os';
import type { Figure } from './figures';
import { jsonLine, table } from './figures';
import { p1 } from './p1';
import { p10 } from './p10';
import { p11 } from './p11';
import { p12 } from './p12';
import { p2 } from './p2';
import { p3 } from './p3';
import { p4 } from './p4';
import { p4History } from './p4-history';
import { p5 } from './p5';
import { p6 } from './p6';
import { outputCheck } from './p6-check';
import { clustersAndDescriptive } from './p6-clusters';
import { p7 } from './p7';
import { p8 } from './p8';
import { p9 } from './p9';
import { p9Long } from './p9-long';
import { Crowd } from './crowd';
import { p13 } from './p13';

type Measure = (say: (line: string) => void) => Promise<Figure[]>;
const MEASURES: Record<string, Measure> = {
  P1: p1,
  P2: p2,
  P3: p3,
  P4: async (say) => [...(await p4(say, await crowd(say))), await p4History(say, await crowd(say))],
  P5: p5,
  P6: async (say) => [...(await p6(say)), ...(await clustersAndDescriptive(say)), outputCheck(say)],
  P7: p7,
  P8: p8,
  P9: async (say) => [...(await p9(say, await crowd(say))), await p9Long(say)],
  P13: p13,
  P10: p10,
  P11: p11,
  P12: p12,
};

/** P4 and P9 stand on the same ten thousand projects, gathered once. */
let gathered: Promise<Crowd> | undefined;
const crowd = (say: (line: string) => void): Promise<Crowd> => (gathered ??= Crowd.gather(say));

async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.filter((id) => MEASURES[id] === undefined);
  if (unknown.length > 0)
    throw new Error(`no figure ${unknown.join(', ')}; there are ${Object.keys(MEASURES).join(', ')}`);
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(`${cpus().length} cores (${cpus()[0]?.model}), ${memory} GiB, Node ${process.version}`);
  const figures: Figure[] = [];
  try {
    for (const id of wanted.length > 0 ? wanted : Object.keys(MEASURES)) {
      figures.push(...((await MEASURES[id]?.(console.log)) ?? []));
    }
  } finally {
    await (await gathered)?.disperse();
  }
  console.log(`\n${table(figures)}\n`);
  for (const figure of figures) console.log(jsonLine(figure));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

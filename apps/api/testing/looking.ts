// How a page is looked at in a real browser: by axe, at the width of a telephone, and as a picture for whoever wants one.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** No violation, and nothing wider than a narrow screen. */
export async function lookGood(page: Page, name: string): Promise<void> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run(),
  );
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  const widths = await page.evaluate(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  const [content, screen] = widths as [number, number];
  await picture(page, `${name}-320`);
  expect(content).toBeLessThanOrEqual(screen);
  await page.setViewportSize({ width: 1100, height: 900 });
  await picture(page, name);
}

/** For looking at, when a folder for pictures is given. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PARLEY_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

// No page of account holders is forgotten: each template that is a page of its own is looked at by axe and on a narrow screen.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const TEMPLATES = path.join(__dirname, '..', '..', '..', 'libs', 'web', 'account');
const pages = readdirSync(TEMPLATES)
  .filter((file) => readFileSync(path.join(TEMPLATES, file), 'utf8').includes('{% extends "layout.njk" %}'))
  .map((file) => file.replace(/\.njk$/, ''));

/** `lookGood(page, 'project')`, or of a page in some state `isGood('projects-shock')`. */
const looks = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.browser.int-spec.ts'))
  .flatMap((file) => [
    ...readFileSync(path.join(__dirname, file), 'utf8').matchAll(/(?:lookGood|isGood)\([^)']*'([\w-]+)'\)/g),
  ])
  .map(([, name = '']) => name);

it('every page is looked at under its own name in some browser test', () => {
  expect(pages.length).toBeGreaterThan(15);
  expect(pages.filter((page) => !looks.some((name) => `${name}-`.startsWith(`${page}-`)))).toEqual([]);
});

// What the READMEs claim, held against the checkout: folders, scripts, links and addresses.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FENCED = /```[\s\S]*?```/g;

/** Folders whose README says what lives there and what it may import. */
function folders(root: string): string[] {
  const inside = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(folder, entry.name));
  return [...inside('apps'), ...inside('libs'), ...inside('infra'), 'workflows', 'activities'];
}

const missingReadmes = (root: string): string[] =>
  folders(root)
    .filter((folder) => !existsSync(path.join(root, folder, 'README.md')))
    .map((folder) => `${folder} has no README.md: say what lives there and what it may import`);

/** Relative links that lead nowhere. */
function brokenLinks(root: string, file: string, text: string): string[] {
  const targets = [...text.replace(FENCED, '').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
    (match) => match[1] ?? '',
  );
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(path.join(root, path.dirname(file), target)))
    .map((target) => `${file} links to ${target}, which is not there`);
}

/** `npm run x` that package.json does not know. */
function unknownScripts(root: string, file: string, text: string): string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return [...text.matchAll(/npm run ([a-z][a-z:-]*)/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => scripts[name] === undefined)
    .map((name) => `${file} names "npm run ${name}", which package.json does not have`);
}

/** Folders and files named in backquotes that are not there. */
function unknownPaths(root: string, file: string, text: string): string[] {
  const named = [
    ...text.replace(FENCED, '').matchAll(/`((?:apps|libs|infra|workflows|activities)\/[\w./-]*)`/g),
  ];
  return named
    .map((match) => match[1] ?? '')
    .filter((place) => !existsSync(path.join(root, place)))
    .map((place) => `${file} names ${place}, which is not there`);
}

/** Everything the READMEs say that is not so. */
export function untruths(root: string): string[] {
  const files = ['README.md', ...folders(root).map((folder) => path.join(folder, 'README.md'))];
  const said = files
    .filter((file) => existsSync(path.join(root, file)))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return [
        ...brokenLinks(root, file, text),
        ...unknownScripts(root, file, text),
        ...unknownPaths(root, file, text),
      ];
    });
  return [...missingReadmes(root), ...said];
}

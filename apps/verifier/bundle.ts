// Makes the page: one HTML file with everything in it, words too, whose own policy lets it run nothing else and send nothing.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Environment } from 'nunjucks';
import webpack from 'webpack';
import type { Configuration } from 'webpack';
import { Language } from '#libs/language';
import type { Catalogue } from '#libs/language';

const ROOT = path.resolve(
  __dirname,
  ...(__dirname.includes(`${path.sep}dist${path.sep}`) ? ['..', '..', '..'] : ['..', '..']),
);
const SOURCE = path.join(ROOT, 'apps', 'verifier');

const configuration = (output: string): Configuration => ({
  ...{
    mode: 'production',
    target: 'web',
    context: ROOT,
    entry: path.join(SOURCE, 'page.ts'),
    devtool: false,
  },
  output: { path: output, filename: 'page.js' },
  resolve: { extensions: ['.ts', '.js'], conditionNames: ['parley-source', 'import', 'browser', 'default'] },
  module: {
    rules: [
      {
        test: /\.ts$/,
        loader: 'swc-loader',
        options: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
      },
    ],
  },
  // What hashes and unpacks in a process is taken by plain code and by the browser here.
  plugins: [
    new webpack.NormalModuleReplacementPlugin(/^\.\/digest$/, './browser-digest'),
    new webpack.NormalModuleReplacementPlugin(/^\.\/gunzip$/, './browser-gunzip'),
  ],
  performance: { hints: false },
});

/** The whole verifier as one script, the same in every language. Takes a few seconds. */
export async function verifierScript(): Promise<string> {
  const output = await mkdtemp(path.join(tmpdir(), 'parley-page-'));
  try {
    await compiled(configuration(output));
    return (await readFile(path.join(output, 'page.js'), 'utf8')).replaceAll('</script', '<\\/script');
  } finally {
    await rm(output, { recursive: true });
  }
}

/** The page's HTML in one language, with no more of its catalogue than the page can say. */
export async function verifierPage(script: string, locale: string, catalogue: Catalogue): Promise<string> {
  const messages = Object.fromEntries(
    Object.entries(catalogue).filter(([key]) => key.startsWith('verifier.')),
  );
  const digest = createHash('sha256').update(script).digest('base64');
  const template = await readFile(path.join(SOURCE, 'page.njk'), 'utf8');
  return new Environment(null, { autoescape: true, throwOnUndefined: true }).renderString(template, {
    ...{ lang: locale, t: new Language(catalogue, { locale, timeZone: 'UTC' }).t },
    policy: `default-src 'none'; script-src 'sha256-${digest}'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'`,
    // Data, which no browser runs; and no message can end it.
    words: JSON.stringify({ locale, messages }).replaceAll('<', '\\u003c'),
    script,
  });
}

function compiled(options: Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(options, (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
      else resolve();
    });
  });
}

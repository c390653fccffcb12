// Build step: writes the page that verifies in the browser beside the built programs, one file for each language.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CATALOGUES } from '#libs/language';
import { verifierPage, verifierScript } from './bundle';

async function build(): Promise<void> {
  const script = await verifierScript();
  await mkdir(__dirname, { recursive: true });
  for (const [locale, catalogue] of CATALOGUES) {
    const html = await verifierPage(script, locale, catalogue);
    const file = path.join(__dirname, `verify.${locale}.html`);
    await writeFile(file, html);
    console.log(`${file}: ${Math.round(html.length / 1024)} kB`);
  }
}

build().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

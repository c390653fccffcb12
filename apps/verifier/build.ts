// Build step: writes the page that verifies in the browser beside the built programs.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { verifierPage } from './bundle';

async function build(): Promise<void> {
  const html = await verifierPage();
  await mkdir(__dirname, { recursive: true });
  const file = path.join(__dirname, 'verify.html');
  await writeFile(file, html);
  console.log(`${file}: ${Math.round(html.length / 1024)} kB`);
}

build().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

// Takes the documents' pictures from a running Parley that waits for the newcomer's sign-off: every step is really recorded there.
import { launchBrowser } from '../../dev/testing/browser';
import { asLeadAndHolder, asRegistrarAndChecker } from './account';
import { COLUMN, CUSTODIAN, DESK, linkIn, mailThat, picture } from './camera';
import { onAPhone } from './phone';

/** A field for a day shows the order of the browser's own language, which is its system's. */
const SYSTEM = { LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB' };

async function main(): Promise<void> {
  Object.assign(process.env, SYSTEM);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: DESK, locale: 'en-GB' });
    await page.goto(linkIn(await mailThat('Your decision is asked')));
    await picture(page, 'sign-off', COLUMN);
    // The holder's custodian: what was granted, and what became of the file.
    await page.goto(linkIn(await mailThat('A deposit was accepted', CUSTODIAN)));
    await picture(page, 'deposit', COLUMN);
    await asRegistrarAndChecker(browser);
    await asLeadAndHolder(browser);
    await onAPhone(browser);
  } finally {
    await browser.close();
  }
}

void main();

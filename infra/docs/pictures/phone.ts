// From the mail to the withdrawal on a phone, by way of everything that waits and of handing on.
import type { Browser } from 'playwright-core';
import { found, linkIn, mailThat, mailView, PHONE, picture, show } from './camera';

/** Declines, and takes the answer back: every step as a person takes it, recorded in the demonstration's ledger. */
export async function onAPhone(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: PHONE, locale: 'en-GB' });
  const mail = await mailThat('Your decision is asked');
  await page.goto(mailView(mail));
  await picture(page, 'phone-1-mail');
  await page.goto(linkIn(mail));
  await picture(page, 'phone-2-sign');
  const signing = page.url();
  await page.getByRole('link', { name: 'See everything that waits' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await picture(page, 'phone-7-waiting');
  await page.goto(`${signing}/delegate`);
  await picture(page, 'phone-8-delegate');
  await page.goto(signing);
  await page.getByRole('radio', { name: 'Decline' }).check();
  await show(page, 'fieldset');
  await picture(page, 'phone-3-choices');
  await page.getByLabel('Type your full name').fill('Robin Carter');
  await page.locator('main form button').first().click();
  await page.getByRole('heading', { name: 'Type the code we mailed you' }).waitFor();
  await page
    .getByLabel('The 8 digits from the mail')
    .fill(found(/^ {4}(\d{8})$/m, (await mailThat('Your code')).text));
  await picture(page, 'phone-4-code');
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await page.getByRole('heading', { name: 'Your decision is recorded' }).waitFor();
  await picture(page, 'phone-5-receipt');
  await page.getByRole('link', { name: 'Withdraw your answer now' }).click();
  await page.getByRole('radio', { name: 'I withdraw my answer' }).check();
  await show(page, 'fieldset');
  await picture(page, 'phone-6-withdraw');
  await page.getByLabel('Type your full name').fill('Robin Carter');
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByRole('heading', { name: 'Your withdrawal is recorded' }).waitFor();
}

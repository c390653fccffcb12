// T5 at the page: declining is as easy as approving, a reason may be kept for one neutral person, and a refuser says whether to be asked again.
import { personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { approve, askAnew, closePortal, decisionsOn, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import type { Visitor } from './testing/visitor';

jest.setTimeout(60_000);

let opened: Opened;
let setting: Setting;
let visitor: Visitor;

beforeAll(async () => {
  opened = await openPortal();
});

beforeEach(async () => {
  ({ setting, visitor } = await askAnew(opened));
});

afterAll(() => closePortal(opened));

const decisions = () => decisionsOn(setting);
describe('a reason in confidence', () => {
  it('T5: goes to one named neutral person, never the lead, and the wish to be asked again goes with declining', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const offered = [...page.html.matchAll(/<option value="(per_[^"]+)"/g)].map(([, id]) => id);
    expect(offered).toContain(personId('lay'));
    expect(offered).not.toContain(personId('lead'));
    expect(offered).not.toContain(personId('official'));
    const decline = {
      ...form(page),
      choice: 'REJECTED',
      name: 'Person official',
      confidant: personId('lay'),
    };
    const unsaid = await visitor.post(page.address, decline);
    expect([unsaid.status, unsaid.html]).toEqual([422, expect.stringContaining('read in confidence')]);
    expect(unsaid.html).toContain(`<option value="${personId('lay')}" selected>`);
    const approving = { ...form(page), ...approve, askAgain: 'yes' };
    expect((await visitor.post(page.address, approving)).html).toContain('goes only with “Decline”');
    const forged = { ...decline, reason: 'I fear for my job.', confidant: personId('lead') };
    const refused = await visitor.post(page.address, forged);
    expect([refused.status, refused.html]).toEqual([409, expect.stringContaining('neutral')]);
    const said = { ...decline, reason: 'I fear for my job.', askAgain: 'yes' };
    expect((await visitor.post(page.address, said)).status).toBe(303);
    // The same submission again has the same receipt; another confidant is another answer.
    expect((await visitor.post(page.address, said)).status).toBe(303);
    expect((await visitor.post(page.address, { ...said, confidant: personId('holder') })).h1).toBe(
      'You have already answered',
    );
    expect(await decisions()).toMatchObject([
      { choice: 'REJECTED', confidant: personId('lay'), askAgain: true },
    ]);
    const other = await visitor.arrive(await setting.link('researcher', 'QUESTION'));
    expect(other.html).not.toContain('I fear for my job.');
  });
});

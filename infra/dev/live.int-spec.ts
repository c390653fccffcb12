// What the live view asks the ledger: the newest entries in order, and only of streams that moved.
import { commitText } from '#libs/ledger';
import { aDatabase, aSetting } from '#libs/testing';
import { entriesSince } from './live';

it('finds what was entered since, and on a fresh ledger nothing', async () => {
  const db = await aDatabase();
  const setting = await aSetting(db);
  try {
    expect(await entriesSince(db.urls.AUDITOR, null)).toEqual([]);
    await setting.withAgreement();
    const before = await entriesSince(db.urls.AUDITOR, null);
    const last = before.at(-1);
    expect(last?.stream).toBe(setting.programme);

    const name = commitText('A fifth organisation');
    const command = { type: 'AddOrganisation' as const, organisation: 'org_fifth', name: name.commitment };
    const { entries } = await setting.ledger.onProgramme(
      setting.programme,
      { administrator: setting.administrator.id },
      () => ({ command: { ...command, commissionedBy: [] }, texts: [name] }),
    );
    const after = await entriesSince(db.urls.AUDITOR, last?.at ?? null);
    const fresh = after.filter(({ version }) => version > (last?.version ?? 0));
    expect(fresh.map(({ version, type }) => ({ version, type }))).toEqual(
      entries.map(({ version, type }) => ({ version, type })),
    );
  } finally {
    await setting.close();
  }
});

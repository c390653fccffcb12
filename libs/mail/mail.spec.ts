// Every purpose renders as text and HTML; no value can add a header, a recipient or markup.
import MailComposer from 'nodemailer/lib/mail-composer';
import { simpleParser } from 'mailparser';
import { MAIL_PURPOSES } from '#libs/domain';
import type { MailOrder } from '#libs/domain';
import { Languages } from '#libs/language';
import { compose, EXAMPLE_FACTS, messageId, NEEDED, renderMail } from '.';
import type { MailFacts, Subject } from '.';

const english = new Languages().first;
const all = EXAMPLE_FACTS;
const order: MailOrder = {
  purpose: 'SIGN_REQUEST',
  person: 'per_aaaaaaaaaaaaaaaa',
  about: 'k1',
  round: 1,
  count: 1,
};
const envelope = {
  stream: 'prj_aaaaaaaaaaaaaaaa',
  order,
  to: { name: all.addressee, address: 'ana@example.org' },
  from: 'Parley <parley@example.org>',
};

async function parsed(facts: MailFacts, to = envelope.to) {
  const mail = compose({ ...envelope, to }, renderMail('SIGN_REQUEST', facts, english));
  return simpleParser(await new MailComposer(mail).compile().build());
}

describe('templates', () => {
  it.each(MAIL_PURPOSES)('%s says what it needs to, in text and in HTML', (purpose) => {
    const mail = renderMail(purpose, all, english);
    for (const format of [mail.text, mail.html]) {
      expect(format).toContain('Ana Ruiz');
      for (const fact of NEEDED[purpose]) {
        const value = String(all[fact]);
        if (!value.endsWith('Z')) expect(format).toContain(value);
      }
      expect(format).not.toMatch(/undefined|\[object|\{\{|NaN/);
    }
    expect(mail.html).not.toMatch(/<img|<script|<link|src=/);
    expect(mail.subject).not.toContain('Ana');
    expect(
      mail.text.split('\n').filter((line) => line.length > 90 && !/^[A-Z][a-z ]+: |http/.test(line)),
    ).toEqual([]);
  });

  it.each(MAIL_PURPOSES)('%s refuses to be written with a fact missing', (purpose) => {
    for (const fact of NEEDED[purpose]) {
      const { [fact]: _left, ...others }: MailFacts = all;
      expect(() => renderMail(purpose, { ...others, addressee: 'Ana' }, english)).toThrow(fact);
    }
  });

  it('writes deadlines in full words', () => {
    expect(renderMail('SIGN_REQUEST', all, english).text).toContain('Thursday 3 December 2026 at 17:00 GMT');
  });

  it('carries exactly one link with a secret', () => {
    const { text } = renderMail('SIGN_REQUEST', all, english);
    expect(text.match(/https?:\/\//g)).toHaveLength(1);
  });
});

describe('nothing a person types can forge', () => {
  const nasty = 'Budget\r\nBcc: thief@example.org\r\n\r\n<script>alert(1)</script>\u202Etxt';

  it('a header, through the project title', async () => {
    const mail = await parsed({ ...all, project: nasty });
    expect(mail.bcc).toBeUndefined();
    expect([...mail.headers.keys()].sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'in-reply-to',
      'message-id',
      'mime-version',
      'references',
      'subject',
      'to',
      'x-auto-response-suppress',
    ]);
    expect(mail.subject).not.toMatch(/[\r\n\u202e]/);
  });

  it('markup, through the project title', () => {
    const mail = renderMail('SIGN_REQUEST', { ...all, project: nasty }, english);
    expect(mail.html).not.toContain('<script>');
    expect(mail.text).not.toMatch(/^Bcc:/m);
  });

  it('a recipient, through a name or an address', async () => {
    const mail = await parsed(all, { name: '"Ana" <thief@example.org>, x', address: 'ana@example.org' });
    expect([mail.to].flat().flatMap((to) => to?.value ?? [])).toMatchObject([{ address: 'ana@example.org' }]);
    for (const address of ['ana@example.org, thief@example.org', 'a@b>\r\nBcc: t@e', 'no-address', '<a@b>']) {
      expect(() =>
        compose({ ...envelope, to: { name: 'A', address } }, renderMail('SIGN_REQUEST', all, english)),
      ).toThrow('registrar');
    }
  });
});

describe('Message-ID', () => {
  it('is the same for the same order, and another for every other', () => {
    expect(messageId(envelope)).toBe(messageId({ ...envelope }));
    const others = [
      { ...order, count: 2 },
      { ...order, round: 2 },
      { ...order, about: 'k2' },
      { ...order, purpose: 'SIGN_REMINDER' as const },
      { ...order, person: 'per_bbbbbbbbbbbbbbbb' },
    ].map((other) => messageId({ ...envelope, order: other }));
    expect(new Set([messageId(envelope), ...others]).size).toBe(6);
  });

  const headers = async (over: Partial<MailOrder>, about?: Subject) => {
    const sent = { ...order, ...over };
    const mail = compose({ ...envelope, order: sent, ...(about && { about }) }, renderMail(sent.purpose, all, english));
    return simpleParser(await new MailComposer(mail).compile().build());
  };

  it('threads everything about one checkpoint for one person, below the request', async () => {
    const request = await headers({});
    const root = '<prj_aaaaaaaaaaaaaaaa.k1.per_aaaaaaaaaaaaaaaa@example.org>';
    expect(request.messageId).toContain('.1.sign_request.1.');
    expect([request.inReplyTo, request.references]).toEqual([root, root]);
    for (const purpose of ['SIGN_REMINDER', 'SIGN_CODE', 'SIGN_RECEIPT', 'ROUND_OUTCOME'] as const) {
      const mail = await headers({ purpose });
      expect([mail.inReplyTo, mail.references]).toEqual([request.messageId, [root, request.messageId]]);
    }
    const next = await headers({ round: 2 });
    expect(next.references).toBe(root);
    expect((await headers({ about: 'k2' })).references).not.toBe(root);
    for (const purpose of ['DATA_REQUEST_REMINDER', 'FRESH_LINK', 'WITHDRAWAL_NOTICE'] as const)
      expect((await headers({ purpose, about: 'r1', round: 0, count: 7 })).inReplyTo).toContain(
        '.r1.0.data_request.1.',
      );
    // Nobody was asked by mail about an import.
    const notice = await headers({ purpose: 'WITHDRAWAL_NOTICE', about: 'im1' });
    expect(notice.references).toBe('<prj_aaaaaaaaaaaaaaaa.im1.per_aaaaaaaaaaaaaaaa@example.org>');
  });

  it('a mail that turned out to be about something else joins the thread of that, under a Message-ID of its own', async () => {
    const [fresh, elsewhere] = [{ purpose: 'FRESH_LINK' as const }, { stream: 'prj_b', about: 'k4', round: 3 }];
    const [plain, led] = [await headers(fresh), await headers(fresh, elsewhere)];
    expect(led.messageId).toBe(plain.messageId);
    expect(led.references).toEqual([
      '<prj_b.k4.per_aaaaaaaaaaaaaaaa@example.org>',
      '<prj_b.k4.3.sign_request.1.per_aaaaaaaaaaaaaaaa@example.org>',
    ]);
    expect(led.inReplyTo).toBe(led.references?.at(-1));
  });

  it('says that nobody wrote it, and where an answer to it goes', async () => {
    const [mail, answered] = [
      compose(envelope, renderMail('SIGN_REQUEST', all, english)),
      compose({ ...envelope, replyTo: 'Help <help@example.org>' }, renderMail('SIGN_REQUEST', all, english)),
    ];
    const [plain, directed] = await Promise.all(
      [mail, answered].map(async (each) => simpleParser(await new MailComposer(each).compile().build())),
    );
    expect(plain?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(plain?.replyTo).toBeUndefined();
    expect(directed?.replyTo?.value).toEqual([{ name: 'Help', address: 'help@example.org' }]);
  });
});

describe('the calendar entry', () => {
  const invitation = { ...order, purpose: 'MEETING_INVITATION', about: 'mt1' } as const;
  const sent = async (
    over: Partial<MailFacts['calendar']> = {},
    purpose: MailOrder['purpose'] = invitation.purpose,
  ) => {
    const facts = { ...all, calendar: { ...all.calendar, ...over } };
    const mail = compose(
      { ...envelope, order: { ...invitation, purpose } },
      renderMail(purpose, facts, english),
    );
    const raw = await new MailComposer(mail).compile().build();
    const found = await simpleParser(raw);
    const part = found.attachments.find(({ contentType }) => contentType.includes('calendar'));
    const lines = part?.content.toString('utf8').replaceAll('\r\n ', '').split('\r\n') ?? [];
    const of = (name: string) => lines.find((line) => line.startsWith(name));
    return { raw: raw.toString('utf8'), lines, of };
  };

  it('B12: says when, where and how long, and names nobody but the addressee', async () => {
    const { raw, lines, of } = await sent();
    expect(raw).toMatch(/content-type: text\/calendar; charset=utf-8; method=REQUEST/i);
    expect(of('DTSTART')).toBe('DTSTART:20261208T100000Z');
    expect(of('DTEND')).toBe('DTEND:20261208T113000Z');
    expect(of('LOCATION')).toBe('LOCATION:Room 4');
    expect(of('SUMMARY')).toBe('SUMMARY:Core team\\, every fortnight');
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([
      expect.stringMatching(/CN="Ana Ruiz".*MAILTO:ana@example\.org$/i) as string,
    ]);
  });

  it('B12: an update and a cancellation carry the same UID with a higher SEQUENCE', async () => {
    const [first, moved, cancelled] = [
      await sent({ sequence: 0 }),
      await sent({ sequence: 1 }, 'MEETING_MOVED'),
      await sent({ sequence: 2, isCancelled: true }, 'MEETING_CANCELLED'),
    ];
    expect(first.of('UID')).toBe('UID:prj_aaaaaaaaaaaaaaaa.mt1@example.org');
    expect([moved.of('UID'), cancelled.of('UID')]).toEqual([first.of('UID'), first.of('UID')]);
    expect([first, moved, cancelled].map(({ of }) => of('SEQUENCE'))).toEqual([
      ...['SEQUENCE:0', 'SEQUENCE:1', 'SEQUENCE:2'],
    ]);
    expect([cancelled.of('METHOD'), cancelled.of('STATUS')]).toEqual(['METHOD:CANCEL', 'STATUS:CANCELLED']);
  });

  it('sent twice after a crash is the same entry', async () => {
    expect((await sent()).lines).toEqual((await sent()).lines);
  });

  it('nothing a person types adds a property or an attendee', async () => {
    const nasty = 'Budget\r\nATTENDEE:MAILTO:thief@example.org\r\nBEGIN:VALARM';
    const { lines } = await sent({ title: nasty, place: nasty });
    expect(
      lines.filter((line) => /^(ATTENDEE|BEGIN)/.test(line)).map((line) => line.split(/[;:]/)[0]),
    ).toEqual([...['BEGIN', 'BEGIN', 'ATTENDEE']]);
  });
});

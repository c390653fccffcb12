// A report of non-delivery as mail servers write it (RFC 3464), for tests.

export const aReport = ({
  action,
  status,
  to = 'gone@example.org',
}: {
  action: string;
  status: string;
  to?: string;
}) =>
  [
    'From: Mail Delivery System <mailer-daemon@mx.example>',
    'To: bounces@example.org',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `The mail to <${to}> was not delivered.`,
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    'Arrival-Date: Thu, 26 Nov 2026 00:00:00 +0000',
    '',
    `Final-Recipient: rfc822; ${to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} <${to}>: no such user`,
    '',
    '--b1--',
    '',
  ].join('\r\n');

// English (United Kingdom): every word a stakeholder reads. ICU messages; the comments are for whoever translates.
export const enGB = {
  // The frame of every page.
  'page.skip': 'Skip to the main text',
  'page.service': 'Decisions about shared data',
  'page.errorTitle': 'Error: {title} – Parley',
  'page.title': '{title} – Parley',
  'page.promise':
    'This page loads nothing from other sites and does not follow you. What you decide here is recorded in a ledger that others can check; anyone with a right to the record may ask to see it.',

  // A dead link, and the undated address of a receipt.
  'again.dead': 'This link does not work',
  'again.deadLead':
    'It may be mistyped, too old, already used, or replaced by a newer one. Nothing has been recorded.',
  'again.title': 'Get a fresh link',
  'again.lead': 'With a fresh link you can decide, withdraw an answer you gave, or say that it was not you.',
  'again.press':
    'Press the button and, if there is something for you to decide or to withdraw, a fresh link goes to the address we have on record. For your safety this page says nothing about whose link this was, or whether there was one.',
  'again.button': 'Mail a fresh link to the address on record',
  'again.noMail': 'If no mail comes',
  'again.registrar':
    'Ask the registrar of your organisation whether your address on record is right. Only they can change it.',

  // Mails: what a fact is called.
  'mail.dear': 'Dear {addressee},',
  'mail.linkAlone':
    'The link is for you alone: please do not forward this mail. It works until {linkExpires}, or until this round ends.',
  'mail.sameCode':
    'The page shows the same content code. If it does not, do not answer, and tell the person who asked you.',
  'mail.equallyEasy':
    'Approving, asking for changes, declining and abstaining are equally easy. If you do not answer, nothing is approved.',
  'mail.readAndAnswer': 'Read it and answer',
  'mail.fact.project': 'Project',
  'mail.fact.whatIsAsked': 'What is asked',
  'mail.fact.askedBy': 'Asked by',
  'mail.fact.answerBy': 'Answer by',
  'mail.fact.contentCode': 'Content code',

  // The mail that asks for a decision. {askedAbout} is one of askedAbout.*.
  'mail.SIGN_REQUEST.asks': '{askedBy} asks for your decision on {askedAbout}.',

  // Mails: one code for several sign-offs, and sign-offs handed to a colleague.
  'mail.ITEMS_CODE.asked': 'This is the code for the decisions that you chose on one page:',
  'mail.ITEMS_CODE.covers': 'It covers exactly',
  'mail.ITEMS_CODE.works':
    'It works for 10 minutes, once for each of them, and only on the page you have open. Nobody from Parley ever asks you for it.',
  'mail.ITEMS_CODE.notYou':
    'If you have not just asked for a code, somebody else has your link. Nothing was recorded. Tell the registrar of your organisation.',
  'mail.ITEMS_CODE.item': '{askedAbout} ({project}, content code {contentCode})',
  'mail.DELEGATED.handed':
    'A colleague of your organisation has handed you their sign-off: the decision on {askedAbout}.',
  'mail.DELEGATED.ownName':
    'You sign in your own name, on behalf of your colleague, who is named on the page. Until you have answered, they can take it back.',
  'mail.DELEGATION_RECEIPT.recorded':
    'You have handed your decision on {askedAbout} to a colleague, until {until}. Your colleague has a link of their own.',
  'mail.DELEGATION_RECEIPT.takeBack':
    'You can take it back until your colleague has answered. If it was not you who handed it on, take it back at once and tell the registrar of your organisation.',
  'mail.DELEGATION_RECEIPT.again': 'Get a fresh link to take it back',
  'mail.DELEGATION_TAKEN_BACK.over':
    'Your colleague has taken back the decision on {askedAbout}, or answers it in person. You need not do anything, and your link no longer answers.',
} as const;

export default enGB;

// English (United Kingdom): every word a stakeholder reads. ICU messages; comments are for whoever translates.
export const enGB = {
  // What a sign-off is about, as it reads after "asks for your decision on".
  'askedAbout.AGREEMENT': 'the collaboration agreement between the institutions',
  'askedAbout.QUESTION': 'the policy question of this cycle',
  'askedAbout.LEGAL': 'whether the data boundary is lawful',
  'askedAbout.ETHICAL': 'whether the data boundary is acceptable',
  'askedAbout.TRUST': 'one release of data',
  'askedAbout.BENEFIT': 'what earlier waves of data gave and cost',
  'askedAbout.OUTPUT': 'whether a result may be shown',
  'askedAbout.REFLECTION': 'the reflection of this cycle',
  'askedAbout.REFINEMENT': 'what comes next',
  // The heading of its page.
  'kind.AGREEMENT': 'Collaboration agreement',
  'kind.QUESTION': 'Policy question',
  'kind.LEGAL': 'Data boundary: is it lawful?',
  'kind.ETHICAL': 'Data boundary: is it acceptable?',
  'kind.TRUST': 'Release of data',
  'kind.BENEFIT': 'What earlier data gave and cost',
  'kind.OUTPUT': 'Output check',
  'kind.REFLECTION': 'Reflection',
  'kind.REFINEMENT': 'What comes next',
  // What it leads to; completes "When everybody needed has approved, …".
  'whenSettled.AGREEMENT': 'the agreement is in force and projects may ask for data under it.',
  'whenSettled.QUESTION': 'the question stage is settled and data may be requested for it.',
  'whenSettled.LEGAL':
    'the boundary has its legal sign-off. It still needs the ethical one, which is separate.',
  'whenSettled.ETHICAL':
    'the boundary has its ethical sign-off. It still needs the legal one, which is separate.',
  'whenSettled.TRUST':
    'exactly this release may be opened to the named readers, once everything else it needs stands too.',
  'whenSettled.BENEFIT': 'the next wave of data may be released, once everything else it needs stands too.',
  'whenSettled.OUTPUT': 'the result may be shown to the project.',
  'whenSettled.REFLECTION': 'the reflection stage is settled and the project decides what comes next.',
  'whenSettled.REFINEMENT': 'the cycle ends and the next step named here begins.',
  // What closes when a counted answer is withdrawn.
  'closes.AGREEMENT':
    'Your institution leaves the agreement. Everything that rests on it closes: no data is requested, released or read any more.',
  'closes.QUESTION':
    'Your answer no longer counts. If too few approvals remain, the question stage opens again.',
  'closes.LEGAL': 'The boundary loses its legal sign-off, and every release inside it closes.',
  'closes.ETHICAL': 'The boundary loses its ethical sign-off, and every release inside it closes.',
  'closes.TRUST': 'That release closes: nobody opens it again, and running analyses of it end.',
  'closes.BENEFIT':
    'Every release of that wave closes: nobody opens them again, and running analyses of them end.',
  'closes.OUTPUT': 'The result is set aside.',
  'closes.nothing':
    'Your answer no longer stands, and nothing else closes: nothing has been opened on the strength of it.',
  'closes.REFLECTION':
    'Your answer no longer counts. If too few approvals remain, the reflection stage opens again.',
  'closes.REFINEMENT':
    'Your answer no longer counts. If too few approvals remain, the refinement stage opens again.',

  // The answers a person can choose, what each does, and how it reads once given.
  'choice.APPROVED': 'Approve',
  'choice.APPROVED_WITH_CONDITIONS': 'Approve with conditions',
  'choice.CHANGES_REQUESTED': 'Ask for changes',
  'choice.REJECTED': 'Decline',
  'choice.ABSTAINED': 'Abstain',
  'effect.APPROVED': 'Your approval counts. When everybody needed has approved, {whenSettled}',
  'effect.APPROVED_WITH_CONDITIONS':
    'Your approval counts, and your conditions narrow what may be read or shown. Set them below.',
  'effect.CHANGES_REQUESTED':
    'It does not go ahead as it stands. Your reason goes to the person who asked, who may bring a new version.',
  'effect.REJECTED': 'It does not go ahead as it stands. You need not say why.',
  'effect.ABSTAINED': 'You take part without deciding. It goes ahead only if enough others approve.',
  // In a column of answers, after a person’s name.
  'did.APPROVED': 'approved',
  'did.APPROVED_WITH_CONDITIONS': 'approved with conditions',
  'did.CHANGES_REQUESTED': 'asked for changes',
  'did.REJECTED': 'declined',
  'did.ABSTAINED': 'abstained',
  'did.notYet': 'not yet',
  // Of an answer that somebody else wrote down for a person without e-mail.
  'did.recorded': '{answer}, as recorded by somebody else on evidence {evidence}',
  'did.unconfirmed':
    '{answer}, as recorded by somebody else on evidence {evidence}; it counts once a colleague has confirmed it',
  'did.hidden': 'hidden until the round closes',
  'did.handedOn': 'handed on to {name}: {answer}',
  'youDid.APPROVED': 'You approved.',
  'youDid.APPROVED_WITH_CONDITIONS': 'You approved with conditions.',
  'youDid.CHANGES_REQUESTED': 'You asked for changes.',
  'youDid.REJECTED': 'You declined.',
  'youDid.ABSTAINED': 'You abstained.',
  'youDid.withdrew': 'You withdrew your answer.',
  'youDid.disowned': 'You said that the answer in your name was not yours.',
  // How a round stands; reads after "This round is now".
  'round.OPEN': 'open for answers',
  'round.SETTLED': 'settled: everybody needed has approved',
  'round.REJECTED': 'declined',
  'round.CHANGES_REQUESTED': 'sent back for changes',
  'round.LAPSED': 'lapsed: not enough people answered in time, and nothing was approved',
  'round.VOID': 'replaced by a newer version',
  'round.WITHDRAWN': 'no longer approved, because an approval was withdrawn',

  // Conditions a signer can set.
  'condition.NO_BREAKDOWN_BY': 'No breakdown by this field',
  'condition.MIN_ORGANISATIONS': 'Show a figure only if it rests on at least this many organisations',
  'condition.SHOW_ONLY_WITH': 'Show results only together with this field or context note',
  'condition.REVIEW_BEFORE_SHARING': 'Ten working days to comment before results are shared',
  'condition.NO_USE_FOR': 'Not to be used for this purpose',
  'condition.EARLIER_EXPIRY': 'Ends earlier, on this date',
  'condition.said': '{condition}: {value}',

  // How far a withdrawal goes.
  'mode.STOP': 'Stop',
  'mode.STOP_AND_DESTROY': 'Stop, and destroy the data',
  'mode.UNLAWFUL': 'Stop, because using the data was unlawful',
  'modeEffect.STOP':
    'Nothing new opens and running analyses end. Unchecked results are set aside; checked results stay, marked as resting on what was withdrawn.',
  'modeEffect.STOP_AND_DESTROY':
    'As “Stop”, and the data and its keys are destroyed after 24 hours, or at once if you ask for that.',
  'modeEffect.UNLAWFUL':
    'As “Stop, and destroy the data”. Checked results are set aside too, and those who received them are told.',

  'stage.question': 'question',
  'stage.dataRequest': 'data request',
  'stage.analysis': 'analysis',
  'stage.reflection': 'reflection',
  'stage.refinement': 'refinement',

  'role.projectLead': 'project lead',
  'role.researcher': 'researcher',
  'role.policyOfficial': 'policy official',
  'role.serviceManager': 'service manager',
  'role.businessAnalyst': 'business analyst',
  'role.dataHolder': 'data holder',
  'role.dataCustodian': 'data custodian',
  'role.informationRiskOwner': 'information risk owner',
  'role.dataProtectionOfficer': 'data protection officer',
  'role.ethicsReviewer': 'ethics reviewer',
  'role.layMember': 'lay member',
  'role.serviceProvider': 'service provider',
  'role.civilSociety': 'civil society',
  'role.linker': 'linker',
  'role.outputChecker': 'output checker',
  'role.registrar': 'registrar',
  'role.signatory': 'signatory',
  'role.administrator': 'administrator',
  'role.auditor': 'auditor',

  // How identifiable data is.
  'tier.AGGREGATE': 'Counts and sums only',
  'tier.DEIDENTIFIED': 'Rows without names or addresses',
  'tier.LINKED_DEIDENTIFIED': 'Linked rows without names or addresses',

  // What signed content says in words of the engine’s own.
  'constant.ADMINISTRATIVE': 'Records of an office',
  'constant.COLLECTED': 'Collected for this project',
  'constant.PUBLISHED': 'Published data',
  'constant.BROAD': 'A broad aim, to be narrowed',
  'constant.TIGHT': 'A tight question, with options assumed',
  'constant.NARROWS': 'Narrows',
  'constant.WIDENS': 'Widens',
  'constant.REWORDS': 'Rewords',
  'constant.NEXT_CYCLE': 'Another cycle',
  'constant.FURTHER_REQUEST': 'A further request for data',
  'constant.NEW_COLLECTION': 'A new collection of data',
  'constant.ACTION': 'An action',
  'constant.CLOSE': 'The project closes',

  // Signed content as a page shows it: what each part is called.
  'said.yes': 'Yes',
  'said.no': 'No',
  'said.none': 'none',
  'said.everything': 'Everything',
  'said.coveringText': 'Covering text',
  'said.erased': 'These bytes were erased; the digest above still stands.',
  'said.coverErased': 'This covering text was erased.',
  'said.scrolls': 'Table, scrolls sideways',
  'content.access': 'Access',
  'content.actions': 'Actions',
  'content.addressDelay': 'Delay before a new address counts, in milliseconds',
  'content.admissibility': 'What was decided of its fields',
  'content.aim': 'Aim',
  'content.assessment': 'Assessment',
  'content.because': 'Because',
  'content.benefit': 'Account of earlier waves',
  'content.blind': 'Answers hidden until the round closes',
  'content.boundary': 'Boundary',
  'content.bytes': 'Bytes',
  'content.caveats': 'Caveats',
  'content.change': 'Change',
  'content.checkpoint': 'Sign-off',
  'content.cites': 'Rests on',
  'content.concerns': 'Concerns raised earlier',
  'content.conditions': 'Conditions',
  'content.cost': 'What it cost',
  'content.count': 'How many',
  'content.cycle': 'Cycle',
  'content.data': 'Data',
  'content.days': 'Days',
  'content.deposits': 'Deposits',
  'content.descendsFrom': 'Follows from',
  'content.digest': 'Digest',
  'content.engine': 'Engine',
  'content.expires': 'Expires',
  'content.exposed': 'Organisations that bear the risk',
  'content.fields': 'Fields',
  'content.file': 'File',
  'content.format': 'Format',
  'content.framing': 'Framing',
  'content.frequencyThreshold': 'Smallest count shown',
  'content.gave': 'What it gave',
  'content.holder': 'Held by',
  'content.holidays': 'Days without work besides weekends',
  'content.issue': 'Issue',
  'content.kind': 'Kind',
  'content.legalFile': 'Legal file',
  'content.linkage': 'Linked with other data',
  'content.methods': 'Methods',
  'content.next': 'Next step',
  'content.notHeard': 'Who was not heard',
  'content.options': 'Policy options assumed',
  'content.organisation': 'Organisation',
  'content.parties': 'Parties',
  'content.project': 'Project',
  'content.proposal': 'What exactly comes next',
  'content.protocols': 'How data is managed and used',
  'content.provenance': 'Where it comes from',
  'content.published': 'Published data',
  'content.purpose': 'Purpose',
  'content.purposes': 'Purposes',
  'content.question': 'Question',
  'content.quorums': 'At least so many people and organisations have to approve',
  'content.rationale': 'Rationale',
  'content.readers': 'Readers',
  'content.reason': 'Reason',
  'content.reasons': 'Reasons',
  'content.recipients': 'Recipients',
  'content.registrar': 'Registrar',
  'content.release': 'Release',
  'content.request': 'Request',
  'content.results': 'Results',
  'content.retention': 'Kept until',
  'content.retentionDays': 'Days it may be kept',
  'content.riskAppetite': 'Risk appetite',
  'content.roles': 'Roles',
  'content.rows': 'Rows',
  'content.rules': 'Rules',
  'content.scope': 'Scope',
  'content.sha256': 'SHA-256 digest',
  'content.signatory': 'Signatory',
  'content.source': 'Source',
  'content.sources': 'Sources',
  'content.structuralZeros': 'What cannot be',
  'content.sufficient': 'Held to be sufficient',
  'content.summary': 'Summary',
  'content.text': 'Text',
  'content.tier': 'How identifiable',
  'content.title': 'Title',
  'content.trust': 'Trust',
  'content.until': 'Until',
  'content.wave': 'Wave',
  'content.what': 'What',
  'content.whoSees': 'Who sees it',
  'content.willBeDone': 'What will be done',
  'content.willNotBeDone': 'What will not be done',
  'content.working': 'How we worked',

  // The frame of every page.
  'page.skip': 'Skip to the main text',
  'page.service': 'Decisions about shared data',
  'page.title': '{title} – Parley',
  'page.errorTitle': 'Error: {title} – Parley',
  'page.promise':
    'This page loads nothing from other sites and does not follow you. What you decide here is recorded in a ledger that others can check; anyone with a right to the record may ask to see it.',
  'page.problem': 'There is a problem',
  'page.nothingYet': 'Nothing has been recorded yet.',
  'page.error': 'Error:',
  'page.nothingRecorded': 'Nothing has been recorded.',
  'page.colleague': 'Dear colleague',
  'page.somebody': 'A person of this programme',
  'page.someProject': 'A project of this programme',
  'page.person': '{name} ({organisation})',
  'page.frontTitle': 'Parley',
  'page.front': 'Here people decide about questions, data and results that several organisations share.',
  'page.frontMail':
    'There is nothing to sign in to. When you are asked to decide something, a mail with a link of your own reaches you.',
  'page.frontRegister': 'The public register of projects',
  'page.contentCode': 'Content code',
  'page.project': 'Project',
  'page.ledgerPosition': 'Position in the ledger',
  'page.recorded': 'Recorded',

  // The sign-off page.
  'sign.asks':
    '<strong>{askedBy}</strong> asks you, {addressee}, for your decision on {askedAbout}. Please answer by <strong>{deadline}</strong> ({remaining}).',
  'sign.suspended':
    'This project is suspended. Deadlines stand still, move when it resumes, and answers are taken again then. What you gave can be withdrawn at any time.',
  'sign.match':
    'The mail that brought you here shows the same code. If it does not, stop and tell the person who asked you.',
  'sign.what': 'What you are asked to sign',
  'sign.core': 'What is signed',
  'sign.contents': 'On this page',
  'sign.making': 'Also signed: the sealed file, digests and references',
  'sign.bytes': 'The exact bytes, and how to check them',
  'sign.bytesLead':
    'Your answer is bound to the SHA-256 digest of these bytes. The core’s digest begins with the content code.',
  'sign.bytesCore': 'Core',
  'sign.changed': 'What changed',
  'sign.unchanged': 'Nothing in it has changed.',
  'sign.first': 'This is the first version you are asked about.',
  'sign.sinceOwn': 'Compared with the version you last answered, of {when}:',
  'sign.sinceOther': 'You have not answered an earlier version. Compared with the one of {when}:',
  'sign.coverSinceOwn':
    'The covering text has changed since you answered on {when}. What is signed is the same:',
  'sign.coverSinceFirst':
    'The covering text has changed since this was first asked on {when}. What is signed is the same:',
  'sign.before': 'Before',
  'sign.now': 'Now',
  'sign.others': 'Who else is asked',
  'sign.othersScroll': 'Who else is asked, scrolls sideways',
  'sign.person': 'Person',
  'sign.for': 'For',
  'sign.answer': 'Answer',
  'sign.blind': 'Answers in this round stay hidden until it closes.',
  // Who has to approve, of those asked: a sentence, one line for each place, the order, and what silence means.
  'quorum.needed':
    '{people} of the {asked, plural, one {# person} other {# people}} asked {people, plural, one {has to approve} other {have to approve}}, from at least {organisations, plural, one {# organisation} other {# different organisations}}.',
  'quorum.place': '{count} of {of} asked: {who}',
  'quorum.placeOf': '{count} of {of} asked: {who}, for {organisation}',
  'quorum.anyRole': 'anybody there',
  'quorum.together': 'All of them are asked at the same time.',
  'quorum.inTurns':
    'They are asked in turns, the next when those before have answered. Yours is turn {turn} of {turns}.',
  'quorum.open': 'Everybody who is asked sees the answers of the others as they come.',
  'quorum.reminder': 'Whoever has not answered is reminded on {at}.',
  'quorum.escalation':
    'On {at} whoever asks is told which organisations have not answered, and so are the deputies of those people.',
  'quorum.silence':
    'If too few have answered by {deadline}, this round lapses: nothing is approved, and whoever asks may ask again. Silence is never taken for consent.',
  'sign.alone': 'You are the only person asked.',
  'sign.conditionsSoFar': 'Conditions set so far',
  'sign.dissents': 'Dissent recorded beside an answer',
  'sign.dissent': '{role}: {text}',
  'sign.decision': 'Your decision',
  'sign.choose': 'What do you decide?',
  'sign.welcome': 'Every answer is equally welcome. Not answering approves nothing.',
  'sign.conditions': 'Conditions (only for “Approve with conditions”)',
  'sign.conditionsLead':
    'A condition can only narrow how data is read or results are shown. It changes nobody else’s answer. If you want other fields, another level or another period, choose “Ask for changes”.',
  'sign.forExample': 'For example: provider',
  'sign.wholeNumber': 'A whole number, 2 or more',
  'sign.commentTravels': 'Your comment travels with the result. It is not a veto.',
  'sign.readersSee': 'Every reader sees this',
  'sign.reason': 'Your reason (if you want to give one)',
  'sign.reasonHint': 'Say what would have to change if you decline or ask for changes.',
  'sign.mayRead': 'Who may read it',
  'sign.mayReadHint':
    'In confidence means: one named neutral person reads it, and nobody else, not even whoever asks. It is exported nowhere.',
  'sign.everybody': 'Everybody in this project',
  'sign.confidence': 'In confidence: only {name}',
  'sign.askAgain': 'Ask me again when there is a new version',
  'sign.askAgainHint':
    'Goes with declining. Otherwise you are left in peace for a while, then told of a new version, and asked only if you say so.',
  'sign.addDissent': 'Record a dissent beside your answer (if you have one)',
  'sign.dissentLabel': 'Your dissent',
  'sign.dissentHint': 'It is kept beside the decision, under your role, and nothing overwrites it.',
  'sign.name': 'Type your full name',
  'sign.nameHint': 'This is your signature.',
  'sign.codeFollows':
    'After you press the button we mail you a code of 8 digits. Your decision is recorded when you have typed it on the next page.',
  'sign.continue': 'Continue',
  'sign.record': 'Record my decision',
  'sign.changeMind': 'If you change your mind',
  'sign.changeMindLead':
    'You can withdraw your answer at any time, in any state of the project, without asking anyone. Your receipt comes by mail and holds an address from which a fresh link can be sent to you. Withdrawing takes effect at once. What has already been published by then cannot be called back.',

  // What is wrong with an answer, beside its field. No full stop: GOV.UK’s way.
  'problem.choose': 'Choose one of the answers',
  'problem.setCondition': 'Set at least one condition, or choose “Approve”',
  'problem.conditionsOnlyWith':
    'Conditions go only with “Approve with conditions”: choose that, or clear them',
  'problem.whatShouldChange': 'Write what should change',
  'problem.name': 'Type your full name',
  'problem.incomplete': 'The form was incomplete. Read the page again and answer once more',
  'problem.listed': 'Choose one of the people listed',
  'problem.confidenceReason': 'Write the reason that is to be read in confidence',
  'problem.askAgain': 'This goes only with “Decline”: everybody else is asked anyway',
  'problem.digits': 'Type the 8 digits from the mail',
  'problem.unshowable': 'Remove the characters that cannot be shown',
  'problem.tooLong': 'Shorten this to {longest, number} characters',
  'problem.oneField': 'Write the name of one field, as it stands in what is signed',
  'problem.wholeNumber': 'Write a whole number from 2 to 1000',
  'problem.futureDay': 'Give a day in the future, such as 2027-03-31',
  'problem.codeWrong': 'This is not the code from the newest mail. Look again and retype it',
  'problem.codeDead': 'This code no longer works. Have another one mailed to you',
  'problem.what': 'Choose what you want to say',
  'problem.mode': 'Choose how far it should go',

  // The page that takes the mailed code.
  'code.title': 'Type the code we mailed you',
  'code.sent':
    'We have mailed a code of 8 digits to your address on record. Nothing is recorded until you have typed it here.',
  'code.notYet': 'Type the code from the newest mail.',
  'code.aboutTo': 'You are about to record',
  'code.on': 'On',
  'code.signedAs': 'Signed as',
  'code.digits': 'The 8 digits from the mail',
  'code.hint': 'The code works for 10 minutes and may be tried 5 times.',
  'code.noMail': 'No mail?',
  'code.wait':
    'It can take a minute. Look in the folder for unwanted mail. We send at most three codes an hour.',
  'code.another': 'Mail me another code',
  'code.back': 'Go back and read it again',

  // Something changed while the page was read.
  'changed.title': 'What you read has changed',
  'changed.core':
    'While you were reading, the content changed. Your answer was <strong>not</strong> recorded, because it would have been an answer to something else.',
  'changed.cover':
    'While you were reading, the covering text changed. Your answer was <strong>not</strong> recorded, because it would have been an answer to something else.',
  'changed.different': 'What is different now',
  'changed.same': 'The wording is the same, but it was issued again and has a new digest.',
  'changed.read': 'Read the present version and decide',
  'changed.mail':
    'A mail with a link to the present version is on its way to everybody who is asked. The old link no longer works.',

  // Why nothing can be answered here.
  'closed.replaced': 'This has been replaced',
  'closed.replacedLead':
    'A newer version takes its place. If you are asked about it, a mail with its own link is on its way to you.',
  'closed.project': 'This project is closed',
  'closed.projectLead': 'Nothing more is decided in it. Answers given earlier can still be withdrawn.',
  'closed.lapsed': 'The time to answer has passed',
  'closed.lapsedLead':
    'Too few answers came in before the deadline, so nothing was approved. Silence is never approval.',
  'closed.lapsedAgain': 'Whoever asked may ask again in a new round.',
  'closed.notAsked': 'You are no longer asked about this',
  'closed.notAskedLead': 'The register no longer lists you in the role in which you were asked.',
  'closed.notAskedWrong': 'If that is wrong, tell the registrar of your organisation.',
  'closed.answered': 'You have already answered',
  'closed.answeredLead':
    'An answer of yours stands in this round, and it is not the one you just sent. The one on record counts.',
  'closed.withdrawFirst': 'Withdraw that answer first to give another.',
  'closed.seeReceipt': 'See your receipt',

  // A rule refused what a person sent.
  'refusal.title': 'This was not recorded',
  'refusal.other':
    'This cannot be recorded as things stand. Open the newest link you were sent and look again.',
  'refusal.LINK_DEAD':
    'This link is for something else, or no longer works. Open the newest link you were sent.',
  'refusal.LINK_USED': 'This link has been used; it can still withdraw. Ask for a fresh link to decide anew.',
  'refusal.NEEDS_ACCOUNT': 'Results are checked with an account, never by link. Sign in instead.',
  'refusal.NOT_ASKED': 'You are not asked in this round. Only the people asked can answer.',
  'refusal.DEPUTY': 'This colleague cannot be named. Choose one of the colleagues listed.',
  'refusal.LEFT': 'You are no longer on the roster. Ask the registrar of your organisation if that is wrong.',
  'refusal.ROLE_LOST':
    'You no longer hold the role or place in which you were asked. Ask the registrar of your organisation if that is wrong.',
  'refusal.SELF_APPROVAL': 'Whoever proposed something cannot sign it. The other people asked decide.',
  'refusal.LEGAL_AND_ETHICAL':
    'One person cannot sign both the legal and the ethical side of a boundary. A colleague has to give the other sign-off.',
  'refusal.LAPSED': 'The time to answer is over. Whoever asked can ask again.',
  'refusal.WITHDRAWN':
    'What was signed here has been withdrawn. A new version has to be proposed and signed afresh.',
  'refusal.ALREADY_DECIDED': 'You have already answered. Withdraw that answer first to give another.',
  'refusal.NOTHING_TO_WITHDRAW': 'No answer of yours stands in this round. Nothing needs to be done.',
  'refusal.NOT_NEUTRAL':
    'The person you chose to read your reason is not neutral in this. Choose somebody else, or use no confidence.',
  'refusal.NOT_WRITABLE': 'Your text holds characters that cannot be kept. Remove them and send it again.',
  'refusal.TOO_MANY_CODES':
    'Three codes have been sent within the hour. Wait, then ask again; the newest code may still be on its way.',
  'refusal.ROUND_ENDED': 'This round has ended, so nothing more is answered or handed on in it.',
  'refusal.NOT_YET_ASKED':
    'The people of this round are asked in turns, and yours has not come. A mail asks you when those before you have answered.',
  'refusal.CONDITIONS':
    'Conditions go with “Approve with conditions” and with nothing else. Set at least one, or choose “Approve”.',
  'refusal.ASK_AGAIN':
    'Only whoever declines needs to wish to be asked again: everybody else is asked about a new version anyway.',
  'refusal.REASON_MISSING': 'To ask for changes, write what should change.',
  'refusal.MODE': 'This answer can only be withdrawn in one way: choose “Stop”.',
  'refusal.NOT_ON_ROSTER':
    'You are no longer on the roster. Ask the registrar of your organisation if that is wrong.',
  'refusal.NOT_IN_PROJECT':
    'Your organisation has named others for this project. Ask its registrar if that is wrong.',
  'refusal.NO_AGREEMENT':
    'No agreement between the institutions is in force at present, so this is not taken and nothing of it was kept. Whoever asked is working on it.',
  'refusal.ALREADY_ANSWERED':
    'Your organisation has answered this request, or it lapsed or was withdrawn. A grant that was given can be withdrawn.',
  'refusal.EXPIRED': 'The grant would have ended already. Choose a later day.',
  'refusal.GRANT':
    'A grant says what each field becomes, and declining says nothing of that. Choose one of them.',
  'refusal.REASONS':
    'Reasons of this kind go only with “Decline”. For a field kept back, give its own reason.',
  'refusal.REASON_SOURCE':
    'Where a reason comes from is said of a reason that is stated. State the reason too.',
  'refusal.AGGREGATE_POSSIBLE':
    'Whether counts and sums remain possible is asked only where your own terms forbid it. State that reason, or leave this open.',
  'refusal.SETTLED': 'This question is settled. Ask a new one if something is still open.',
  'refusal.OTHER_SIDE':
    'Whether a question is settled is said by those who asked it. Answer it, and wait for them.',
  'refusal.UNKNOWN_CITATION':
    'Something cited here is not registered, or not for you to read. Leave it out, or name another.',

  // Receipts.
  'receipt.decision': 'Your decision is recorded',
  'receipt.withdrawal': 'Your withdrawal is recorded',
  'receipt.about': 'About',
  'receipt.entry': 'Digest of the entry',
  'receipt.receipt': 'Your receipt',
  'receipt.next': 'What happens next',
  'receipt.now': 'This round is now {status}.',
  'receipt.whenSettled': 'When everybody needed has approved, {whenSettled}',
  'receipt.settled': 'That means: {whenSettled}',
  'receipt.toldProposer': 'The person who asked is told and decides whether to bring a new version.',
  'receipt.atOnce':
    'It took effect at once: your answer no longer counts, nothing new opens because of it, and analyses that relied on it are being ended.',
  'receipt.published':
    'What had already been published cannot be called back. Everybody concerned is told by mail.',
  'receipt.told':
    'The project’s lead and the auditors are told, and a fresh link is on its way to your address on record.',
  'receipt.withdraw': 'Withdraw your answer now, or say that it was not you',
  'receipt.byMail':
    'This receipt is also on its way to you by mail. Keep it: with the position and the digest anyone can later check that your decision stands in the record unaltered.',
  'receipt.keepAddress':
    'You can do it any day from this address too, which the mail repeats. It does not expire, and it holds no secret. From it a fresh link can be mailed to your address on record, with which you can withdraw your answer or say that it was not you:',

  'receipt.answerAnew':
    'As long as you are asked, you can answer anew. From this address, which does not expire and holds no secret, a fresh link can be mailed to your address on record:',

  // Withdrawing.
  'withdraw.title': 'Withdraw your answer',
  'withdraw.lead':
    '{addressee}, this is your answer on {askedAbout}. You can take it back now. It takes effect at once and needs nobody’s agreement.',
  'withdraw.answer': 'Your answer',
  'withdraw.coverChanged': 'What has changed since',
  'withdraw.ifYouObject':
    'Your answer still stands. If you object to the change, withdraw your answer below and say why.',
  'withdraw.signed': 'What you answered on',
  'withdraw.signedAgain': 'Read again what you answered on',
  'withdraw.does': 'What a withdrawal does',
  'withdraw.published': 'What has already been published cannot be called back.',
  'withdraw.choose': 'What do you want to say?',
  'withdraw.withdraw': 'I withdraw my answer',
  'withdraw.withdrawHint': 'You gave it, and it no longer stands.',
  'withdraw.disown': 'This was not me',
  'withdraw.disownHint':
    'Somebody else answered in your name. The project’s lead and the auditors are told, and we mail you a fresh link.',
  'withdraw.mode': 'How far should it go?',
  'withdraw.atOnce': 'Destroy the data at once',
  'withdraw.atOnceHint': 'Without waiting 24 hours. This cannot be undone.',
  'withdraw.nameHint': 'This is your signature. No code is needed.',
  'withdraw.record': 'Record it',
  'withdraw.backToGrant': 'Back to what was granted',
  'withdraw.nothing': 'There is nothing to withdraw',
  'withdraw.nothingLead': 'No answer of yours stands in this round.',
  'withdraw.grantTitle': 'Withdraw the grant',
  'withdraw.grantLead':
    '{addressee}, your organisation granted data on the {askedAbout}. You can take that back now. It takes effect at once and needs nobody’s agreement.',
  'withdraw.grant': 'What was granted',
  'withdraw.grantCloses':
    'No file is taken or opened under this grant any more, and every release of data that rests on it closes, whoever works with it.',

  // Alerts to whoever runs the installation.
  'alert.subject': 'Parley has closed gates ({scope})',
  'alert.everything':
    'Every gate of this installation is closed: no permit is given, no data is read, no deposit is opened. People can still decide.',
  'alert.stream':
    'The gates of {scope} are closed: no permit is given there, no data is read, no deposit is opened. People can still decide.',
  'alert.kind.LOG': 'What the database holds is not what the log signed.',
  'alert.kind.VIEWS': 'What is shown is not what the entries add up to.',
  'alert.kind.WITNESS': 'A witness saw another log than this one.',
  'alert.kind.GATE': 'What the database’s own gate goes by is not what the entries add up to.',
  'alert.reason': 'What was found: {reason}',
  'alert.since': 'Since: {at}',
  'alert.remedy.LOG':
    'Do not repair anything by hand. Compare with a backup and with heads kept by witnesses; what to do stands in infra/docs/backup.md.',
  'alert.remedy.VIEWS':
    'Run “parley rebuild --read-models”. If the same comes back, somebody or something writes to the database by other ways.',
  'alert.remedy.WITNESS':
    'Ask whoever keeps the witness for the two signed heads. If the database was restored from a backup, restore what it lacks; what to do stands in infra/docs/backup.md. A witness that is wrong is taken off the list beside the log’s key.',
  'alert.remedy.GATE':
    'Somebody or something wrote to the database by other ways. Restore it, or run “parley rebuild --gate” once it is known how that happened.',

  // What a witness tells whoever keeps it.
  'witness.subject': 'A log you watch was not cosigned ({origin})',
  'witness.SPLIT_VIEW':
    'Split view: the key of {origin} signed two different logs of {seen} entries. The two signed heads prove it to anybody.',
  'witness.NOT_EXTENDED':
    'A head of {shown} entries of {origin}, signed by its key, was not shown to extend the {seen} entries cosigned before. Either whoever sent it sent a wrong proof, or the log was changed.',
  'witness.kept': 'Both signed heads are in {file}. Nothing was cosigned.',
  'witness.remedy':
    'Send them to the auditors and signatories of the projects, and ask the operator for a proof that the one extends the other.',

  // The page that verifies, where it was not built.
  'verify.missing': 'The page that verifies is not here',
  'verify.missingLead':
    'Whoever runs this installation has not built it. “parley verify” does the same on the command line.',

  // The page that verifies by itself, and `parley verify`: its form, and the verdict. “Log”, “head” and “entry” are the ledger’s;
  // what stands in front of a colon, I1 to I7 and T15 are names and stay as they are.
  'verifier.title': 'Verify an export or a receipt',
  'verifier.lead':
    'This page works by itself: it sends nothing anywhere, and its own rules forbid it to. Save it, and it works without a network.',
  'verifier.file': 'Export (zip) or receipt (json)',
  'verifier.pasted': '… or paste a receipt',
  'verifier.pastedHint': '(with an export: to be found in it)',
  'verifier.key': 'The log’s verifier key',
  'verifier.keyHint': '(one a line, as you had it otherwise)',
  'verifier.kept': 'A signed head you kept',
  'verifier.keptHint': '(from a mail, for example)',
  'verifier.witnesses': 'Verifier keys of witnesses',
  'verifier.witnessesHint': '(one a line)',
  'verifier.button': 'Verify',
  'verifier.verdict': 'Verdict',
  'verifier.noScript':
    'Your browser runs no scripts here. “parley verify” does the same on the command line.',
  'verifier.verifying': 'Verifying …',
  'verifier.nothingGiven': 'Choose an export or a receipt, or paste a receipt.',
  'verifier.badKey': 'A verifier key above is not written as such keys are. Copy it again, whole.',
  'verifier.notRead': 'It cannot be read.',
  'verifier.failed': 'What does not hold',
  'verifier.proved': 'Proved',
  'verifier.noted': 'Noted',
  'verifier.asserted': 'Only asserted by the operator',
  // The verdict in a sentence.
  'verifier.VALID':
    'VALID: {of, select, RECEIPT {this receipt} other {this export}} is what the operator’s log recorded.',
  'verifier.UNPROVEN':
    'UNPROVEN: {of, select, RECEIPT {this receipt} other {this export}} holds together, but {why}.',
  'verifier.INVALID':
    'INVALID: {of, select, RECEIPT {this receipt} other {this export}} is not what was recorded. {why}',
  'verifier.UNKNOWN':
    'UNKNOWN: this version cannot judge {of, select, RECEIPT {this receipt} other {this export}}. {why}',
  // Joins what stands after “but” of the sentence above.
  'verifier.and': '{before}; and {next}',
  'verifier.list': '{before}, {next}',
  // What or where something is; begins the sentences below.
  'verifier.theZip': 'The zip',
  'verifier.theReceipt': 'The receipt',
  'verifier.theEntry': 'The entry',
  'verifier.entry': 'Entry {number}',
  'verifier.entryNamed': 'Entry {number} ({stream}, version {version}, {type})',
  'verifier.line': '{name}, line {line}',
  'verifier.head.ofExport': 'The head in the export',
  'verifier.head.inReceipt': 'The head in the receipt',
  'verifier.head.given': 'The head given ({number})',
  'verifier.unreadable': '{what} cannot be read: {reason}',
  'verifier.zip.leadsElsewhere': 'The zip holds a file of a name that leads elsewhere.',
  'verifier.zip.folder': 'The zip holds a folder by itself: {name}.',
  'verifier.zip.encrypted': '{name} is encrypted.',
  'verifier.zip.twice': 'The zip holds {name} twice.',
  'verifier.zip.tooLarge':
    'The zip unpacks to more than {bytes} bytes or {files} files; it was not unpacked.',
  'verifier.zip.bomb': '{name} unpacks to {unpacked} bytes out of {packed}: a zip bomb; it was not unpacked.',
  'verifier.zip.notWhole': 'This is no whole zip file: {reason}',
  'verifier.file.missing': '{name} is missing.',
  'verifier.file.longer': '{name} is longer than the zip says.',
  'verifier.file.notUnpacked': '{name} cannot be unpacked: {reason}',
  'verifier.file.cutOff': '{name} cannot be unpacked: it is damaged or cut off.',
  'verifier.file.tooLarge': '{name} is larger than it can be.',
  'verifier.file.notUtf8': '{name} is not UTF-8.',
  'verifier.file.longLine': '{name} has a line longer than any can be.',
  'verifier.file.noNewline': '{name} does not end with a newline.',
  'verifier.file.added': '{name} was added: the export has no such file.',
  'verifier.file.removed': '{name} was removed from the export.',
  'verifier.file.changed': '{name} was changed: its digest is not the one listed.',
  'verifier.file.notNamed': '{name} is not content that an entry names by its digest.',
  'verifier.file.erased': '{name}: this content was erased, and stands here all the same.',
  'verifier.manifest.other': '{name} is not the list whose digest was recorded with this export.',
  'verifier.manifest.noFile': '{name} has a line that lists no file.',
  'verifier.notOfForm': '{where} is not of the form it has in an export.',
  'verifier.notJson': '{where} is not JSON.',
  'verifier.notCanonical': '{where} is not the canonical text of what it says (RFC 8785).',
  'verifier.noEntry': '{where} is no entry of a ledger.',
  'verifier.notIncluded':
    '{where} is not entry {index} of the log under the signed head: it or its proof was changed.',
  'verifier.notConsistent': '{where} does not prove that the log extends its first {size} entries.',
  'verifier.words.other': '{where}: these words are not those that were committed to.',
  'verifier.words.uncommitted': '{where}: no entry shown commits to these words.',
  'verifier.words.erased': '{where}: these words were erased, and stand here all the same.',
  'verifier.proofs.fewer': 'ledger/proofs.jsonl has fewer lines than there are entries.',
  'verifier.receipts.other':
    'ledger/receipts.jsonl has no receipt, or another one, where that of the sign-off which is entry {index} of the log should be.',
  'verifier.receipts.more': 'ledger/receipts.jsonl has more receipts than there are sign-offs.',
  'verifier.proofs.more': 'ledger/proofs.jsonl has more lines than there are entries: an entry is missing.',
  'verifier.place.otherLog': '{where} proves a place in a log of {size} entries; the signed head has {head}.',
  'verifier.place.outOfOrder':
    '{where} stands at {index}, after {after}: entries are doubled or out of order.',
  'verifier.stream.broken': '{where} does not follow the entry before it: their hashes differ ({hash}…).',
  'verifier.stream.before': '{where} lies before the entry it follows.',
  'verifier.stream.otherProgramme': '{where} starts a project of another programme.',
  'verifier.stream.other':
    '{where} is of another stream, {stream}: neither this project’s nor its programme’s.',
  'verifier.stream.gap':
    '{where} is version {version} of {stream}, where version {expected} belongs: an entry is missing, doubled or out of order.',
  'verifier.newer.rules': 'The project has rules of version {version}, newer than this one knows.',
  'verifier.newer.type':
    '{where} is a {type} (version {version}), which a newer version of the engine writes. Verify with that one.',
  'verifier.newer.format': '{where} has format {format}, which a newer version of the engine writes.',
  'verifier.key.none': 'No key of the log is named.',
  'verifier.key.malformed': 'A key of the log is not written as verifier keys are.',
  'verifier.key.untrusted': 'The key {key} is named, and no key that is trusted handed over to it.',
  'verifier.key.ofExport':
    'the key that signed it was taken from the export itself; give the one you know (on the command line: --key)',
  'verifier.key.ofReceipt':
    'the key that signed it was taken from the receipt itself; give the one you know (on the command line: --key)',
  'verifier.handover.unsigned': 'A note by which a key handed over is not signed by it.',
  'verifier.handover.unreadable': 'A note by which a key handed over cannot be read.',
  'verifier.head.none': '{what} is no signed head of a log.',
  'verifier.head.forged': '{what} carries a signature of the log’s key that does not fit.',
  'verifier.head.unsigned': '{what} is signed by none of the log’s keys that are trusted here.',
  'verifier.head.otherLog': '{what} is of another log, {origin}.',
  'verifier.head.signed': 'The head of {size} entries is signed by the log {origin}.',
  'verifier.head.newer':
    'the head of {size} entries given is newer than it: what came after is not in it, and nothing here shows that the log only grew',
  'verifier.head.noProof':
    'it has no proof from the head of {size} entries given, which the log’s tiles would give',
  'verifier.head.splitView':
    'Split view: for {size} entries there are two signed heads with different roots. Keep both: they prove it.',
  'verifier.head.same': 'Its head is the head of {size} entries given.',
  'verifier.head.notExtended':
    'The log does not extend the head of {size} entries given: its past was changed. Keep both heads: they prove it.',
  'verifier.head.extended':
    'The log extends the head of {size} entries given: nothing before was altered or removed.',
  'verifier.witness.forged': 'The cosignature of {name} does not fit.',
  'verifier.witness.absent': '{name} has not cosigned this head.',
  'verifier.witness.saw': '{name} saw this head by {at}, and the log only grow until then.',
  'verifier.receipt.entry': 'Entry {index} of it is version {version} of {stream}: {type} at {at} by {by}.',
  'verifier.receipt.given': 'The receipt given ({number})',
  'verifier.receipt.broken': '{what} does not hold: {why}',
  'verifier.receipt.elsewhere':
    '{what} is for entry {index} of the log (version {version} of {stream}, {type}), of another project: only its head was compared.',
  'verifier.receipt.found':
    '{what} is for entry {index} of the log (version {version} of {stream}, {type}), and that entry is in it.',
  'verifier.receipt.later':
    'it ends before entry {index} of the log (version {version} of {stream}, {type}), for which there is a receipt',
  'verifier.receipt.leftOut':
    '{what} is for entry {index} of the log (version {version} of {stream}, {type}), and the export does not have it. Keep both: they prove it.',
  'verifier.receipt.noEntry': 'What it holds is no entry of a ledger.',
  'verifier.receipt.tooLarge': 'It is larger than any receipt.',
  'verifier.receipt.notJson': 'It is no JSON.',
  'verifier.receipt.otherFormat': 'It has a format that this version does not know.',
  'verifier.receipt.none': 'It is no receipt as the engine writes them.',
  'verifier.export.noProject': 'There is no project in it.',
  'verifier.export.cutOff':
    'It does not end with the entry that records this export: entries are missing at its end.',
  'verifier.export.otherVersions':
    'It should show the programme up to version {programme} and the project up to {project}, and does not.',
  'verifier.export.withholds': 'An export for auditors withholds no entry, and this one does.',
  'verifier.proved.entries':
    '{count, plural, one {# entry} other {# entries}} of {project} and {programme} are in the log, in order, without a gap.',
  'verifier.proved.files':
    '{files, plural, one {# file} other {# files}} and {openings, plural, one {# text} other {# texts}} are those that were recorded.',
  'verifier.proved.decisions':
    'I5, I6, I7: {count, plural, one {# decision} other {# decisions}}, each its person’s only one in the round, on the content shown, by somebody asked.',
  'verifier.proved.releases':
    'I6: {count, plural, one {# release} other {# releases}}: the digest of the data in the entry is the one in the manifest that was signed.',
  'verifier.proved.results':
    '{count, plural, one {# result} other {# results}}: the digest of the code in the entry is the one its checker was shown.',
  'verifier.proved.gate':
    'I1, I3: at {permits, plural, one {# permit} other {# permits}} and {reads, plural, one {# read} other {# reads}} the gate stood open, with every signature it needs.',
  'verifier.noted.unsettled': 'Cannot be judged, since entries are withheld: {what}',
  'verifier.noted.erased':
    '{words, plural, one {# text} other {# texts}} that named {person} or were said by them, {about, plural, =0 {no text} one {# text} other {# texts}} of others or signed contents that spoke of them, and {files, plural, =0 {no file} one {# file} other {# files}} of theirs were erased at {at}, as {by} decided.',
  'verifier.noted.recorded':
    '{count, plural, one {# answer} other {# answers}} ({entries}) RECORDED: somebody else wrote down what a person without e-mail said; countersigned by a colleague of the signer: {countersigned, number}.',
  'verifier.noted.withheld':
    '{count, plural, one {# entry is} other {# entries are}} withheld by this export’s profile; their places are proved, not what they say.',
  'verifier.asserted.click':
    'That the person named clicked: the operator recorded it; their own receipt says the same.',
  'verifier.asserted.time':
    'That {at} was the time: the operator’s clock, unless witnesses cosigned before and after.',
  'verifier.asserted.times':
    'The times in it: the operator’s clock, unless witnesses cosigned before and after.',
  'verifier.asserted.oneLog':
    'That there is no second log: compare its head with one that somebody else was given.',
  'verifier.asserted.after': 'What happened after entry {index}: only a newer receipt or export shows it.',
  'verifier.broken.release':
    'I6 is broken: the data released as {release} is not what its signed manifest describes.',
  'verifier.broken.code': 'The result of {analysis} was not made by the code that its entry names.',
  'verifier.broken.noRound': '{where}: a decision in a round that was never opened.',
  'verifier.broken.twice': '{where}: I5 is broken: {person} decided twice in one round.',
  'verifier.broken.otherContent':
    '{where}: I6 is broken: the decision is on other content than was asked about.',
  'verifier.broken.notAsked': '{where}: I7 is broken: {person} was not asked in this round.',
  'verifier.broken.delegate':
    '{where}: I7 is broken: a signer and their delegate both answered in this round.',
  'verifier.broken.nothingRecorded':
    '{where}: T15 is broken: a countersignature of an answer that nobody recorded.',
  'verifier.broken.ownWord':
    '{where}: T15 is broken: {person} confirmed what they said or wrote down themselves.',
  'verifier.broken.otherOrganisation':
    '{where}: T15 is broken: {person} is not of the signer’s own organisation.',
  'verifier.broken.otherHead': '{where}: the permit was judged by another head of the project.',
  'verifier.broken.permitUnproposed': '{where}: a permit for {release}, which was never proposed.',
  'verifier.broken.permitContent': '{where}: I6 is broken: the permit names other content than was sealed.',
  'verifier.broken.permitClosed': '{where}: I1 is broken: a permit although the gate was closed ({rules}).',
  'verifier.broken.countsTwice': '{where}: I7 is broken: somebody counts twice.',
  'verifier.broken.proposer': '{where}: I7 is broken: the proposer counts.',
  'verifier.broken.otherSignature': '{where}: I6 is broken: a signature on other content counts.',
  'verifier.broken.readUnproposed': '{where}: a read of {release}, which was never proposed.',
  'verifier.broken.readClosed': '{where}: I3 is broken: a read although the release was closed ({rules}).',
  'verifier.broken.noProgramme': '{where}: the programme as of version {version} stands nowhere before it.',

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
  'again.noSession': 'Open the link in your mail again',
  'again.noSessionLead':
    'This page opens only from the link in your mail, which sets a cookie for this page alone. Your browser did not send it. Nothing has been recorded.',
  'again.cookies':
    'If you came from the mail just now, your browser refuses cookies: allow them for this site, or open the link in another browser. There is no other cookie, and it follows you nowhere.',
  'again.asked': 'If there is something to send, it is on its way',
  'again.askedLead': 'A fresh link goes to the address we have on record, within a minute or so.',
  'again.askedLimit':
    'We send at most three an hour. If none comes, look in the folder for unwanted mail, then ask the registrar of your organisation whether your address on record is right.',

  // An access link.
  'access.title': 'Your access',
  'access.tokenTitle': 'Your access token',
  'access.shown':
    'This is your access token. It is shown <strong>once</strong>; only a digest of it is kept.',
  'access.send':
    'Send it in the header <code>Authorization: Bearer …</code> with each request to the programming interface. It works for {days, plural, one {# day} other {# days}}. Whoever has it can act in your name: keep it as you keep a password.',
  'access.lead': '{addressee}, you have been given access to the programming interface of Parley.',
  'access.press':
    'Your access token is shown once, and this link then stops working. Have it shown at the computer where you will use it.',
  'access.nameHint': 'When you are at that computer and ready to keep the token: it is shown only once.',
  'access.button': 'Show my access token once',

  // Pages for what went wrong.
  'wrong.unreadable': 'This could not be read',
  'wrong.malformed': 'The request was malformed.',
  'wrong.openAgain': 'Open the link in your mail again.',
  'wrong.foreign': 'This form did not come from our page',
  'wrong.foreignLead': 'For your safety we only accept answers given on the page itself.',
  'wrong.foreignAgain': 'Open the link in your mail again and answer there.',
  'wrong.noPage': 'There is no such page',
  'wrong.checkAddress': 'Check the address, or open the link in your mail again.',
  'wrong.impossible': 'This is not possible here',
  'wrong.tooLong': 'This is too long',
  'wrong.tooLongLead': 'What you sent is larger than a form can be. Nothing has been recorded.',
  'wrong.shorten': 'Shorten your texts and send them again.',
  'wrong.format':
    'The form came in a format or character set that we do not read. Nothing has been recorded.',
  'wrong.useForm': 'Use the form on the page; it sends UTF-8.',
  'wrong.away': 'Parley cannot record anything just now',
  'wrong.awayLead': 'The ledger cannot be reached. Nothing has been recorded.',
  'wrong.tryAgain': 'Please try again in a few minutes. Your link keeps working.',

  // The public register.
  'register.title': 'Public register',
  'register.service': 'Public register of projects',
  'register.lead':
    'Projects in which several organisations answer a question together with data that nobody may simply hand over. Each stands here from its first sign-off on.',
  'register.someProject': 'A project',
  'register.none': 'There is no project here yet.',
  'register.more': 'More projects',
  'register.all': 'All entries',
  'register.noEntry': 'There is no such entry',
  'register.noEntryLead': 'Check the address. A project stands in the register from its first sign-off on.',
  'register.erasedName': 'an organisation whose name was erased',
  'register.erasedWords': 'The words were erased.',
  'register.question': 'Question',
  'register.noQuestion': 'No question is signed yet.',
  'register.status': 'Status',
  'register.status.ACTIVE': 'Under way',
  'register.status.SUSPENDED': 'Suspended',
  'register.status.CLOSED': 'Closed',
  'register.since': 'In the register since',
  'register.partners': 'Partners',
  'register.contact': 'Contact',
  'register.noContact': 'No contact is named yet.',
  'register.data': 'Data that was released',
  'register.source': 'Source',
  'register.heldBy': 'Held by',
  'register.tier': 'How identifiable',
  'register.nothingYet': 'None yet.',
  'register.published': '{source}, published at {address}, version {version}, under {licence}',
  'register.legal': 'Legal basis',
  'register.noBoundary': 'No boundary is in force.',
  'register.findings': 'Findings',
  'register.finding': 'Finding {insight}',
  'register.erasedSummary': 'The summary was erased.',
  'register.publishedOn': 'Published {publishedAt}',
  'register.inDoubt':
    'A result this rests on was called back after publication. What was published cannot be recalled.',
  'register.dissents': '<strong>{organisation} dissents:</strong> {text}',
  'register.noFinding': 'None is published yet.',
  'register.notPublished': 'Findings not published',
  'register.unpublished': '{insight}: {why}',
  'register.unpublishedBecause': '{insight}: {why}: {reason}',
  'register.unpublishedUntil': '{insight}: {why} until {until}',
  'register.why.WITHHELD': 'Withheld',
  'register.why.COMMENT_PERIOD': 'Partners are commenting on it',
  'register.why.COMMENTS_UNANSWERED': 'Comments of partners are being answered',
  'register.why.NOT_YET_PUBLISHED': 'Ready, and not published yet',
  'register.why.NOT_PROPOSED': 'Not proposed for publication yet',
  'register.legal.legalPower': 'Legal power',
  'register.legal.lawfulBasis': 'Lawful basis',
  'register.legal.specialCategory': 'Condition for special categories of data',
  'register.action.PLANNED': 'Planned',
  'register.action.UNDER_WAY': 'Under way',
  'register.action.PARTLY_DONE': 'Partly done',
  'register.action.DONE': 'Done',
  'register.action.NOT_DONE': 'Not done',
  'register.actions': 'Actions',
  'register.what': 'What',
  'register.by': 'By',
  'register.byUntil': '{organisation}, until {due}',
  'register.expected': 'Expected',
  'register.noAction': 'None is recorded yet.',

  // Mails: what is the same in several.
  'mail.dear': 'Dear {addressee},',
  'mail.sameCode':
    'The page shows the same content code. If it does not, do not answer, and tell the person who asked you.',
  'mail.equallyEasy':
    'Approving, asking for changes, declining and abstaining are equally easy. If you do not answer, nothing is approved.',
  'mail.linkAlone':
    'The link is for you alone: please do not forward this mail. It works until {linkExpires}, or until this round ends.',
  'mail.readAndAnswer': 'Read it and answer',
  'mail.seeOrWithdraw': 'See or withdraw your answer',
  'mail.sentBy': 'Parley',
  // What a fact is called, before its value.
  'mail.fact.project': 'Project',
  'mail.fact.programme': 'Programme',
  'mail.fact.about': 'About',
  'mail.fact.whatIsAsked': 'What is asked',
  'mail.fact.whatItIsAbout': 'What it is about',
  'mail.fact.askedBy': 'Asked by',
  'mail.fact.from': 'From',
  'mail.fact.answerBy': 'Answer by',
  'mail.fact.openUntil': 'Open until',
  'mail.fact.deadlineWas': 'Deadline was',
  'mail.fact.contentCode': 'Content code',
  'mail.fact.oldContentCode': 'Old content code',
  'mail.fact.request': 'Request',
  'mail.fact.deposit': 'Deposit',
  'mail.fact.forRequest': 'For request',
  'mail.fact.report': 'Report',
  'mail.fact.rows': 'Rows',
  'mail.fact.cycle': 'Cycle',
  'mail.fact.stage': 'Stage',
  'mail.fact.what': 'What',
  'mail.fact.howFar': 'How far',
  'mail.fact.destroyed': 'Destroyed',
  'mail.fact.certificate': 'Certificate',
  'mail.fact.ends': 'Ends',
  'mail.fact.on': 'On',
  'mail.fact.where': 'Where',
  'mail.fact.outcome': 'Outcome',
  'mail.fact.waitingFor': 'Still waiting for',
  'mail.fact.youDid': 'Your answer',
  'mail.fact.recorded': 'Recorded',
  'mail.fact.position': 'Position in the ledger',
  'mail.fact.logPosition': 'Position in the log',
  'mail.fact.entryHash': 'Digest of the entry',
  'mail.fact.meeting': 'Meeting',
  'mail.fact.begins': 'Begins',
  'mail.fact.nowBegins': 'Now begins',
  'mail.fact.wouldHaveBegun': 'Would have begun',
  'mail.fact.minutes': 'Minutes',
  'mail.fact.place': 'Place',
  'mail.fact.number': 'Number',
  'mail.fact.reason': 'Reason',
  'mail.fact.decisionsNeeded': 'Decisions needed',
  'mail.fact.notes': 'Notes',
  'mail.fact.recordedBy': 'Recorded by',
  'mail.fact.legalFile': 'Legal file',
  'mail.fact.incident': 'Incident',
  'mail.fact.reportBy': 'Report by',
  'mail.fact.publication': 'Publication',
  'mail.fact.commentsUntil': 'Comments until',
  'mail.fact.import': 'Import',
  'mail.fact.found': 'What was found',
  'mail.fact.wasFound': 'What had been found',
  'mail.fact.since': 'Closed since',
  'mail.fact.importedBy': 'Imported by',
  'mail.fact.question': 'Question',
  'mail.fact.recordedAs': 'Recorded as',
  'mail.fact.logEntries': 'Entries in the log',
  'mail.fact.logRoot': 'Root',
  'mail.fact.signOffs': 'Sign-offs in your organisation’s name',
  // Values that are made of words.
  'mail.waitingFor': '{count, plural, one {# answer} other {# answers}} ({organisations})',
  'mail.ofEntries': '{index} of {size}',
  'mail.yourProgramme': 'Your programme',
  'mail.erased': '(erased)',
  'mail.noDecisions': 'none',
  'mail.decisions': '{count, number}: {decisions}',
  'mail.decision': '{what} ({about})',
  'mail.withdrawn.grant': 'the grant of {holder} for request {request}',
  'mail.withdrawn.objection': 'people from deposit {deposit}, who object to the use of their data',
  'mail.withdrawn.import': 'published data (import {import}), which its legal check says may not be used',
  'mail.withdrawn.answer': 'an answer on {askedAbout}',
  // Mail by mail. Subjects name what a mail is for and never a person; the project’s title follows in brackets.
  'mail.subject.SIGN_REQUEST': 'Your decision is asked',
  'mail.SIGN_REQUEST.asks': '{askedBy} asks for your decision on {askedAbout}.',
  'mail.subject.SIGN_REMINDER': 'Reminder: your decision is asked',
  'mail.SIGN_REMINDER.reminds': 'This is a reminder: your answer on {askedAbout} has not come in yet.',
  'mail.subject.SIGN_ESCALATION': 'Still waiting for answers',
  'mail.SIGN_ESCALATION.waits': 'Not everybody has answered yet on {askedAbout}.',
  'mail.SIGN_ESCALATION.deputy':
    'You are told because a person who is asked named you as their deputy. You cannot answer for them, but you may know how to reach them.',
  'mail.SIGN_ESCALATION.proposer': 'You are told because you asked for it.',
  'mail.SIGN_ESCALATION.lapses':
    'If the deadline passes, the round lapses. Silence approves nothing. Nobody else is told: not the manager of anyone who is asked, nor whoever pays them.',
  'mail.subject.SIGN_CODE': 'Your code',
  'mail.SIGN_CODE.code': 'This is the code for your decision on {askedAbout}:',
  'mail.SIGN_CODE.works':
    'It works for 10 minutes, once, and only on the page you have open. Nobody from Parley ever asks you for it.',
  'mail.SIGN_CODE.notYou':
    'If you have not just asked for a code, somebody else has your link. Nothing was recorded. Tell the registrar of your organisation.',
  'mail.subject.SIGN_RECEIPT': 'Receipt for your decision',
  'mail.SIGN_RECEIPT.recorded': 'Your decision is recorded. This is your receipt; please keep it.',
  'mail.SIGN_RECEIPT.proof':
    'The attached receipt.json proves that your decision stands in the record: keep it, and anyone can check it later with “parley verify receipt.json”, without asking us.',
  'mail.SIGN_RECEIPT.verifier': 'A page that checks it in your browser, and sends nothing:',
  'mail.SIGN_RECEIPT.again':
    'If you change your mind, keep this address. It does not expire and holds no secret; from it a fresh link can be mailed to you, with which you can withdraw your answer or say that it was not you:',
  'mail.SIGN_RECEIPT.notYou':
    'If you have not decided anything, somebody used your link. Use the address above and choose “This was not me”.',
  'mail.SIGN_RECEIPT.button': 'Withdraw, or say that it was not you',
  'mail.subject.FRESH_LINK': 'Your fresh link',
  'mail.FRESH_LINK.asked': 'You, or somebody who had an old link of yours, asked for a fresh one.',
  'mail.FRESH_LINK.notYou':
    'If you did not ask for it, you need not do anything: the link came only to you, and nothing happens unless you use it.',
  'mail.subject.CONTENT_VOIDED': 'Replaced by a newer version',
  'mail.CONTENT_VOIDED.replaced':
    'What you were asked to sign has been replaced by a newer version. Any answer to the old version no longer counts, and links to it have stopped working.',
  'mail.CONTENT_VOIDED.separate':
    'If you are asked about the new version, a separate mail with its own link reaches you. It shows what changed.',
  'mail.subject.COVER_CHANGED': 'A covering text has changed',
  'mail.COVER_CHANGED.changed':
    'The covering text of something you were asked to sign has changed. What is signed is the same, so an answer you gave still stands.',
  'mail.COVER_CHANGED.answered': 'See what changed, and withdraw your answer if you object',
  'mail.COVER_CHANGED.open': 'See what changed, and answer or object',
  'mail.subject.ROUND_LAPSED': 'Lapsed without approval',
  'mail.ROUND_LAPSED.lapsed':
    'The time to answer on {askedAbout} has passed, and too few answers came in. Nothing was approved: silence is never approval.',
  'mail.subject.DATA_REQUEST_LAPSED': 'A request for data has lapsed',
  'mail.DATA_REQUEST_LAPSED.lapsed':
    'The time to answer a request for data has passed, and nobody has answered. Nothing was granted: silence is never consent.',
  'mail.DATA_REQUEST_LAPSED.again':
    'Whoever asked may ask again. Links to this request have stopped working.',
  'mail.lapsedBesides':
    '{count, plural, one {# further round has} other {# further rounds have}} lapsed, because too few answered in time. Nothing was approved by that.',
  'mail.lapsedItem': '{askedAbout}, until {deadline}',
  'mail.ROUND_LAPSED.again':
    'Whoever asked may ask again in a new round. Links to this round have stopped working.',
  'mail.subject.ROUND_OUTCOME': 'Outcome of a sign-off',
  'mail.ROUND_OUTCOME.outcome': 'The round on {askedAbout} has an outcome.',
  'mail.ROUND_OUTCOME.again':
    'An answer can still be withdrawn at any time from this address, which holds no secret:',
  'mail.ROUND_OUTCOME.button': 'Withdraw an answer',
  'mail.subject.DISOWNED': 'An answer was disowned',
  'mail.DISOWNED.said':
    'A person in whose name an answer on {askedAbout} was recorded has said: “This was not me”. The answer no longer counts.',
  'mail.DISOWNED.findOut':
    'Somebody may have had their link or their mailbox. Please find out with the registrar of their organisation before asking them again.',
  'mail.subject.DATA_REQUEST': 'A request for data',
  'mail.DATA_REQUEST.asks':
    '{askedBy} asks your organisation for data. You decide for your organisation: grant it, grant less, or refuse with a reason. Refusing is as easy as granting, and if nobody answers the request lapses and counts as neither.',
  'mail.subject.DATA_REQUEST_REMINDER': 'Reminder: a request for data',
  'mail.DATA_REQUEST_REMINDER.reminds':
    'This is a reminder: a request for data is waiting for an answer of your organisation. If nobody answers, it lapses; silence is never consent.',
  'mail.subject.DEPOSIT_INVITED': 'A deposit is open',
  'mail.DEPOSIT_INVITED.open':
    'Your organisation granted a request, and the deposit for it is open. Prepare the file on your own machine, so that only what was granted leaves it, and hand it over on the page of this deposit.',
  'mail.DEPOSIT_INVITED.checked':
    'The file is checked against the grant before anything else happens. A file that does not fit is discarded, and you get a report that says why.',
  'mail.subject.DEPOSIT_REFUSED': 'A deposit was refused',
  'mail.DEPOSIT_REFUSED.refused':
    'The file you deposited does not fit what was granted. Its bytes have been discarded and nobody has used them. The report says what to correct.',
  'mail.DEPOSIT_REFUSED.again':
    'The page of this deposit shows the report. Another mail, with a link of its own, invites you to hand over the corrected file.',
  'mail.subject.DEPOSIT_ACCEPTED': 'A deposit was accepted',
  'mail.DEPOSIT_ACCEPTED.fits':
    'The file you deposited fits what was granted. It lies encrypted, and nobody can read it until a release made from it has been signed and permitted.',
  'mail.subject.STAGE_OPEN': 'Your move',
  'mail.STAGE_OPEN.open': 'The {stage} stage of a cycle is open, and the next move is yours.',
  'mail.STAGE_OPEN.account': 'With your account you see what is needed and who else is involved.',
  'mail.subject.WITHDRAWAL_NOTICE': 'Withdrawn',
  'mail.WITHDRAWAL_NOTICE.withdrawn':
    'A sign-off, a grant or a permission no longer stands. That took effect at once: nothing new opens under it, and running analyses have been told to stop.',
  'mail.WITHDRAWAL_NOTICE.copies':
    'What has already been published cannot be called back. If you hold copies or results made under it, please see with your account what you are asked to do.',
  'mail.subject.DESTRUCTION_CERTIFICATE': 'Data destroyed',
  'mail.DESTRUCTION_CERTIFICATE.destroyed':
    'Data your organisation provided has been destroyed, with the keys that could open it.',
  'mail.DESTRUCTION_CERTIFICATE.unread':
    'What the certificate said is no longer in the record; its digest is.',
  'mail.DESTRUCTION_CERTIFICATE.inRecord':
    'The certificate is in the record. With an account you read it there at any time; the page of your grant shows it too.',
  'mail.DESTRUCTION_CERTIFICATE.button': 'See where your data went',
  'mail.subject.EXPIRY_WARNING': 'Data ends soon',
  'mail.EXPIRY_WARNING.ends':
    'Data ends soon. It is destroyed then, with the keys that could open it; nothing prolongs it by itself.',
  'mail.EXPIRY_WARNING.longer':
    'If nothing is wrong with that, nothing needs to be done. If it is needed for longer, that takes a new grant or a new release, each signed afresh.',
  'mail.subject.ADDRESS_CHANGED': 'Your mail address is about to change',
  'mail.ADDRESS_CHANGED.recorded':
    'The registrar of your organisation has recorded a new mail address for you. It takes effect after a waiting period, on {effectiveAt}. Until then mail comes to the old one; open links have stopped working.',
  'mail.ADDRESS_CHANGED.notYou':
    'If you did not ask for this change, tell your registrar and the auditor now: whoever receives your mail could answer in your name.',
  'mail.subject.ADDRESS_BOUNCED': 'Mail comes back',
  'mail.ADDRESS_BOUNCED.back':
    'A mail to a person of {organisation} could not be delivered, and what waits for them does not reach them.',
  'mail.ADDRESS_BOUNCED.todo':
    'Who it is stands on the pages for your account, under whose move it is. Only a registrar of {organisation} can correct the address. Until then, ask the person by telephone or on paper, and record what they answer.',
  'mail.subject.ADDRESS_CHANGE_NOTICE': 'A mail address is about to change',
  'mail.ADDRESS_CHANGE_NOTICE.recorded':
    'The registrar of {organisation} has recorded a new mail address for one of its people. It takes effect on {effectiveAt}; the old address has been told.',
  'mail.ADDRESS_CHANGE_NOTICE.look':
    'Who it is stands in the ledger. If anything about it looks wrong to you, ask the registrar before that day; they can call the change off.',
  'mail.subject.DAILY_DIGEST': 'What waits for you today',
  'mail.DAILY_DIGEST.waiting':
    '{count, plural, one {# decision waits} other {# decisions wait}} for you. The link opens the first of them.',
  'mail.DAILY_DIGEST.item': '{askedAbout}, by {deadline}',
  'mail.DAILY_DIGEST.button': 'See what waits for you',
  'mail.subject.COUNTERSIGN_ASKED': 'A recorded approval to confirm',
  'mail.COUNTERSIGN_ASKED.asked':
    'A colleague of yours without e-mail is recorded to have approved {askedAbout}. It counts for nothing until somebody of your organisation confirms it.',
  'mail.COUNTERSIGN_ASKED.button': 'Read it, and confirm it if it is so',
  'mail.COUNTERSIGN_ASKED.ask':
    'Read the evidence, ask your colleague if you are in doubt, and confirm only if they did approve. Doing nothing approves nothing.',
  'mail.COUNTERSIGN_ASKED.link':
    'The link is for you alone: please do not forward this mail. It works until {linkExpires}. With an account you can confirm there, too.',
  'mail.subject.COUNTERSIGN_CODE': 'Your code',
  'mail.COUNTERSIGN_CODE.code': 'This is the code for confirming a recorded approval of {askedAbout}:',
  'mail.subject.COUNTERSIGN_RECEIPT': 'Receipt for what you confirmed',
  'mail.COUNTERSIGN_RECEIPT.recorded':
    'You confirmed that a colleague approved {askedAbout}. It counts from now on. This is your receipt; please keep it.',
  'mail.COUNTERSIGN_RECEIPT.notYou':
    'If you confirmed nothing, somebody used your link: tell the registrar of your organisation now, and have your colleague’s answer taken back.',
  'mail.subject.ACCESS': 'Your access',
  'mail.ACCESS.given':
    'You have been given access to the programming interface of Parley. The link below shows your access token once; after that it stops working.',
  'mail.ACCESS.alone':
    'The link is for you alone and works until {linkExpires}. Nobody from Parley ever asks you for it.',
  'mail.subject.NEW_VERSION': 'A new version of what you declined',
  'mail.NEW_VERSION.told':
    'There is a new version of {askedAbout}, which you declined before. You are told, and not asked: nothing is expected of you, and you will not be reminded.',
  'mail.NEW_VERSION.mayAnswer':
    'If you wish to answer after all, the same page lets you. The link is for you alone and works until {linkExpires}, or until this round ends.',
  'mail.NEW_VERSION.button': 'Read it, if you wish',
  'mail.subject.DATA_REQUEST_NEW_VERSION': 'A new version of a request you declined',
  'mail.DATA_REQUEST_NEW_VERSION.told':
    '{askedBy} has a new version of a request for data that you declined before. You are told, and not asked: nothing is expected of you, and you will not be reminded.',
  'mail.DATA_REQUEST_NEW_VERSION.mayAnswer':
    'If you wish to answer after all, the link leads to it. If nobody answers, the request lapses and counts as neither granted nor refused.',
  'mail.subject.CLARIFICATION': 'A question about a request for data',
  'mail.CLARIFICATION.something':
    'There is something new in the clarification of a request for data: a question to you, or an answer to yours. Nothing is decided by it.',
  'mail.CLARIFICATION.reply': 'Read it and reply with your account, under the number above.',
  'mail.subject.SUFFICIENCY_REVOKED': 'The data no longer suffices',
  'mail.SUFFICIENCY_REVOKED.revoked':
    'It was said that the data no longer suffices for the question. No further release opens until a new version of the question, for which it does, has been signed. What was released before can still be used.',
  'mail.SUFFICIENCY_REVOKED.grounds': 'With your account you can read who said so and on what grounds.',
  'mail.subject.ADVICE_SOUGHT': 'Your advice is sought',
  'mail.ADVICE_SOUGHT.sought':
    'A legal file about data of your organisation has been drafted, and your advice as data protection officer is sought. You advise; you neither sign nor veto. Where your advice is not followed, the risk owner says why, and every signer reads both.',
  'mail.ADVICE_SOUGHT.record': 'Read it and record your advice with your account, under the number above.',
  'mail.subject.INCIDENT': 'An incident: the clock is running',
  'mail.INCIDENT.recorded':
    'An incident was recorded. Unless it is unlikely to put anybody at risk, it is reported to the authority within 72 hours of becoming known.',
  'mail.INCIDENT.record':
    'Record with your account that it was reported, or why it need not be, under the number above.',
  'mail.subject.INCIDENT_REMINDER': 'An incident is not reported yet',
  'mail.INCIDENT_REMINDER.soon':
    'An incident was recorded, and nobody has said yet that it was reported, or why it need not be. Its 72 hours end soon.',
  'mail.INCIDENT_REMINDER.overdue':
    'An incident was recorded, and nobody has said yet that it was reported, or why it need not be. Its 72 hours are over: a report that comes now says why it is late.',
  'mail.subject.COMMENT_INVITED': 'Your comments before publication',
  'mail.COMMENT_INVITED.invited':
    '{askedBy} would like to publish a finding. Before that, your organisation can comment on facts and on confidentiality, and can attach a dissent that stands beside it.',
  'mail.COMMENT_INVITED.silence':
    'With your account you read the summary and comment on it. Silence is not agreement: nothing is published by the end of this time alone, only by a person afterwards. A dissent can be attached at any time.',
  'mail.subject.MEETING_INVITATION': 'Invitation to a meeting',
  'mail.MEETING_INVITATION.invited':
    'You are invited to a meeting. The calendar entry is attached; accepting it in your calendar tells nobody here, and staying away needs no reason.',
  'mail.MEETING_INVITATION.agenda':
    'Anybody on the roster may propose an item for the agenda, until the meeting begins. The pack with the decisions needed goes out two working days before.',
  'mail.subject.MEETING_MOVED': 'A meeting has moved',
  'mail.MEETING_MOVED.moved':
    'A meeting you are invited to has another time, length or place. The attached entry replaces the one in your calendar.',
  'mail.subject.MEETING_CANCELLED': 'A meeting is cancelled',
  'mail.MEETING_CANCELLED.cancelled':
    'A meeting you were invited to is cancelled. The attached entry takes it out of your calendar. Agenda items that were proposed for it come up at the next meeting.',
  'mail.subject.MEETING_PACK': 'The pack for a meeting',
  'mail.MEETING_PACK.ready':
    'The pack for a meeting you are invited to is ready: the decisions needed, a summary in plain words if somebody wrote one, and the drafts that you may read.',
  'mail.MEETING_PACK.decidesNothing':
    'Read it with your account, under the number above. The meeting itself decides nothing: what it agrees is drafted for sign-off, and each signer confirms or refuses by their own link.',
  'mail.subject.NOTES_TO_AGREE': 'Notes to agree or amend',
  'mail.NOTES_TO_AGREE.recorded':
    '{askedBy} has recorded notes of a conversation you took part in. They are a draft until those present have agreed to the same words; you may change them. Saying nothing agrees to nothing.',
  'mail.NOTES_TO_AGREE.agree':
    'Agree or amend with your account, under the number above. Whether your words may be used as research data is a separate question, which you answer for yourself and may take back.',
  'mail.subject.LEGAL_CHECK_ASKED': 'A legal check of published data',
  'mail.LEGAL_CHECK_ASKED.asked':
    'Published data is being imported, and you are asked, as risk owner of the organisation that imports it, for the legal check: whether its licence and the law allow this use. Nobody reads it before you have said that it may be used. If you later say that it may not, every release with it closes at once.',
  'mail.LEGAL_CHECK_ASKED.record': 'Read it and record your check with your account, under the number above.',
  'mail.subject.LOG_HEAD': 'The signed head of the log, to keep',
  'mail.LOG_HEAD.head':
    'This is the signed head of the log in which your programme’s decisions stand. Please keep the attached checkpoint.txt: with it anyone can show later that nothing before it was altered or removed, also if this engine was restored from an old backup, or showed others something else.',
  'mail.LOG_HEAD.signOffs':
    'The attached sign-offs.txt lists every decision recorded in your organisation’s name. If one of them is not yours, tell your registrar and the auditor.',
  'mail.LOG_HEAD.verify':
    'An export of a project is checked against it with “parley verify export.zip --checkpoint checkpoint.txt”.',

  // Mails to auditors and leads about gates that the engine closed by itself.
  'mail.subject.GATES_CLOSED': 'The gates are closed: what is recorded does not agree',
  'mail.GATES_CLOSED.closed':
    'The engine compares what it shows and what it goes by with what was recorded. It has found a difference, and has closed the gates by itself.',
  'mail.GATES_CLOSED.means':
    'Until it is explained no permit is given, no data is read and no deposit is opened; what was running has ended. Nothing that people decided is lost, and they can go on deciding.',
  'mail.GATES_CLOSED.todo':
    'Whoever runs the engine has been told, with the particulars, and has to find out how it came about: ask them. Anything you hold yourself (receipts, signed heads, exports) shows independently of them what was recorded. You are told when the gates are open again.',
  'mail.subject.GATES_OPEN': 'The gates are open again',
  'mail.GATES_OPEN.open':
    'What was found does not differ any more, and the gates that the engine had closed by itself are open again. What waited at them goes on.',
  'mail.GATES_OPEN.means':
    'Whoever runs the engine can say how it came about. If you have not heard that yet, ask them: a difference has a cause, also once it is gone.',

  // Mails: one code for several sign-offs, and sign-offs handed to a colleague.
  'mail.subject.ITEMS_CODE': 'Your code',
  'mail.ITEMS_CODE.asked': 'This is the code for the decisions that you chose on one page:',
  'mail.ITEMS_CODE.covers': 'It covers exactly',
  'mail.ITEMS_CODE.works':
    'It works for 10 minutes, once for each of them, and only on the page you have open. Nobody from Parley ever asks you for it.',
  'mail.ITEMS_CODE.notYou':
    'If you have not just asked for a code, somebody else has your link. Nothing was recorded. Tell the registrar of your organisation.',
  'mail.ITEMS_CODE.item': '{askedAbout} ({project}, content code {contentCode})',
  'mail.subject.DELEGATED': 'A sign-off was handed to you',
  'mail.DELEGATED.handed':
    'A colleague of your organisation has handed you their sign-off: the decision on {askedAbout}.',
  'mail.DELEGATED.ownName':
    'You sign in your own name, on behalf of your colleague, who is named on the page. Until you have answered, they can take it back.',
  'mail.subject.DELEGATION_RECEIPT': 'You handed on a sign-off',
  'mail.DELEGATION_RECEIPT.recorded':
    'You have handed your decision on {askedAbout} to a colleague, until {until}. Your colleague has a link of their own.',
  'mail.DELEGATION_RECEIPT.takeBack':
    'You can take it back until your colleague has answered. If it was not you who handed it on, take it back at once and tell the registrar of your organisation.',
  'mail.DELEGATION_RECEIPT.again': 'Get a fresh link to take it back',
  'mail.subject.DELEGATION_TAKEN_BACK': 'A sign-off was taken back',
  'mail.DELEGATION_TAKEN_BACK.over':
    'Your colleague has taken back the decision on {askedAbout}, or answers it in person. You need not do anything, and your link no longer answers.',

  'mail.subject.DEPUTY_RECEIPT': 'Who hears when you do not answer',
  'mail.DEPUTY_RECEIPT.named':
    'You have said which colleague is told when you have not answered for some time. They may reach you; they cannot answer for you.',
  'mail.DEPUTY_RECEIPT.nobody':
    'You have said that no colleague of yours is told any more when you have not answered for some time.',
  'mail.DEPUTY_RECEIPT.change':
    'This holds for everything you are asked in this programme, until you change it: with the link of any mail that asks you.',
  'mail.DEPUTY_RECEIPT.notYou':
    'If you have said nothing of the kind, somebody used your link: change it back, and tell the registrar of your organisation.',

  // Everything that waits for a person, on one page (B57).
  'items.title': 'What waits for your decision',
  'items.seeAll': 'See everything that waits for your decision',
  'items.lead':
    '{addressee}, {count, plural, one {# decision waits} other {# decisions wait}} for you. The earliest deadline comes first.',
  'items.how':
    'Give an answer to as many as you like and leave the others open. You sign once, and one code, mailed to you, covers exactly those you answered. Each is recorded by itself, with a receipt of its own.',
  'items.asks':
    '{askedBy} asks for your decision on {askedAbout}. Please answer by <strong>{deadline}</strong> ({remaining}).',
  'items.read': 'Read exactly what is signed: {title}',
  'items.context': 'What changed, and who else is asked: {title}',
  'items.other': '{name}, {organisation}: {answer}',
  'items.choose': 'What do you decide? ({title})',
  'items.leaveOpen': 'Every answer is equally welcome. Choose nothing to leave this one open.',
  'items.words': 'Reason, dissent or conditions: {title}',
  'items.more':
    '{count, plural, one {# more decision waits. It is} other {# more decisions wait. They are}} shown here when you have answered some of these.',
  'items.sign': 'Sign the answers you have given',
  'items.codeFollows':
    'After you press the button we mail you a code of 8 digits. Your answers are recorded when you have typed it on the next page.',
  'items.codeSent':
    'We have mailed a code of 8 digits to your address on record. It covers exactly the answers below, which are recorded when you have typed it here.',
  'items.codeNotYet': 'The answers below are not recorded yet.',
  'items.chosen': '{choice}: {title} ({project}, content code <code>{digest}</code>)',
  'items.record': 'Record these answers',
  'items.recorded': '{count, plural, one {Your answer is recorded} other {Your # answers are recorded}}',
  'items.notRecorded': 'Not recorded.',
  'items.changed':
    'It has changed, was replaced, or is no longer asked of you. Read the list again: whatever still waits for you stands there.',
  'items.yourAnswer': 'You',
  'items.keepAddresses':
    'Keep the addresses above. They do not expire, and hold no secret: from each a fresh link can be mailed to you, with which you can withdraw that answer or say that it was not you.',
  'items.whatIsLeft': 'See what is left',
  'items.nothing': 'Nothing waits for your decision',
  'items.nothingLead':
    'You have answered everything you were asked, or it is no longer asked. If something new needs you, a mail with its own link reaches you.',
  'items.back': 'Back to the decision your link is for',
  'problem.chooseOne': 'Choose an answer for at least one of the decisions',
  'sign.onBehalf': 'You sign in your own name, on behalf of {name}, who handed this decision to you.',

  // Handing a sign-off to a colleague.
  'delegate.heading': 'If a colleague should decide instead',
  'delegate.offer': 'Hand this decision to a colleague of your organisation',
  'deputy.offer': 'Say who should hear when you do not answer',
  'deputy.title': 'Your deputy',
  'deputy.lead':
    '{addressee}, when you have not answered for some time, a colleague of yours can be told, so that they may reach you. They cannot answer for you by that.',
  'deputy.present': 'At present {name} would be told.',
  'deputy.nobody': 'At present nobody is told but whoever asks you.',
  'deputy.choose': 'Who should be told?',
  'deputy.chooseHint': 'This holds for everything you are asked in this programme, until you change it.',
  'deputy.none': 'Nobody',
  'deputy.record': 'Record my deputy',
  'page.done': 'Recorded',
  'delegate.title': 'Hand this decision to a colleague',
  'delegate.lead': '{addressee}, a colleague of yours can decide on {askedAbout} instead of you.',
  'delegate.how':
    'Your colleague gets a link of their own and signs in their own name, on your behalf. They cannot hand it on. You can take it back until they have answered, and until then you cannot answer yourself.',
  'delegate.choose': 'Who should decide?',
  'delegate.chooseHint': 'People of your organisation who hold a role that may sign here',
  'delegate.until': 'Until when (if it should end earlier)',
  'delegate.untilHint': 'Otherwise it ends on {longest}, and the decision is yours again.',
  'delegate.codeFollows':
    'After you press the button we mail you a code of 8 digits. The decision is handed on when you have typed it on the next page.',
  'delegate.hand': 'Hand it on',
  'delegate.handingTo': 'Handing this decision to {name}',
  'delegate.standing': 'A colleague decides instead of you',
  'delegate.handed': 'You handed this decision to {name}, until {until}.',
  'delegate.answered':
    'Your colleague has answered. If that answer should not stand, ask them to withdraw it: then you can take the decision back.',
  'delegate.takeBackLead': 'Your colleague has not answered yet.',
  'delegate.takeBack': 'I take it back',
  'delegate.takeBackHint': 'Their link no longer answers, they are told, and the decision is yours again.',
  'delegate.recordTakingBack': 'Record this',
  'delegate.isTakenBack': 'You took it back: the decision is yours again.',
  'delegate.nobody': 'There is nobody to hand this to',
  'delegate.nobodyLead':
    'The rules for this decision allow no delegation, you have answered, or no colleague of your organisation holds a role that may sign here. Your registrar can say who does.',
  'problem.chooseColleague': 'Choose one of the colleagues listed',
  'problem.chooseTakeBack': 'Choose what you want to say',
  'closed.notNow': 'This cannot be answered now',
  'refusal.PROJECT_SUSPENDED':
    'The project is suspended. Your link keeps working, your deadline moves, and your answer is taken when the project resumes.',
  'refusal.PROJECT_CLOSED': 'The project is closed. Nothing more is decided in it.',
  'refusal.DELEGATED': 'You handed this to a colleague. Take it back first, while they have not answered.',
  'refusal.DELEGATED_ALREADY': 'Whoever signs for somebody else cannot hand that on. Answer it yourself.',
  'refusal.DELEGATOR_LEFT':
    'Whoever handed this to you no longer holds the role in which they were asked, so it is not yours to answer.',
  'refusal.NOT_DELEGABLE':
    'The agreement lets nobody hand on a decision of this kind. Answer it yourself, or decline.',
  'refusal.DELEGATE': 'This colleague cannot sign here. Choose one of the colleagues listed.',
  'refusal.UNTIL': 'It cannot stand that long. Choose an earlier day.',
  'refusal.QUORUM_IMPOSSIBLE':
    'Both of you are needed for this decision, so one cannot stand for the other. Answer it yourself.',
  'refusal.ANSWERED_FOR_YOU': 'Your colleague has answered. Only they can withdraw that answer.',
  'refusal.NOTHING_DELEGATED': 'Nothing of yours is handed on here. Nothing needs to be done.',

  // A data request and its answer by link.
  'mail.requestLink':
    'The link is for you alone: please do not forward this mail. It works until {linkExpires}, or until the request is answered. With an account you can answer there, too.',
  'mail.CLARIFICATION.button': 'Read it and reply',
  'mail.subject.ANSWER_CODE': 'Your code',
  'mail.ANSWER_CODE.code': 'This is the code for your answer to a request for data:',
  'mail.subject.ANSWER_RECEIPT': 'Receipt for your answer to a request for data',
  'mail.ANSWER_RECEIPT.recorded':
    'What you said about a request for data is recorded, in the name of your organisation. This is your receipt; please keep it.',
  'mail.ANSWER_RECEIPT.answer': 'What you said',
  'mail.ANSWER_RECEIPT.position': 'Position in the ledger',
  'mail.ANSWER_RECEIPT.entry': 'Digest of the entry',
  'mail.ANSWER_RECEIPT.withdraw':
    'A grant can be withdrawn at any time, in any state of the project, without asking anyone. Keep this address. It does not expire and holds no secret; from it a fresh link can be mailed to you, with which you can withdraw the grant:',
  'mail.ANSWER_RECEIPT.button': 'Withdraw the grant',
  'mail.ANSWER_RECEIPT.notYou':
    'If you have said nothing, somebody used your link: have any grant withdrawn that should not stand, and tell your registrar.',
  'mail.subject.GRANT_NOTICE': 'Data of your organisation was granted',
  'mail.GRANT_NOTICE.granted':
    'Your organisation has answered a request for its data, and granted it. You answer for the risk, so you may withdraw the grant at any time, in any state of the project, without asking anyone.',
  'mail.GRANT_NOTICE.answer': 'The answer',
  'mail.GRANT_NOTICE.button': 'See the answer, or withdraw the grant',
  'mail.GRANT_NOTICE.again':
    'Keep this address, too. It does not expire and holds no secret; from it a fresh link can be mailed to you:',
  'request.title': 'Request for data',
  'request.lead':
    '<strong>{askedBy}</strong> asks you, {addressee}, for data of your organisation (request <code>{number}</code>). Please answer by <strong>{deadline}</strong> ({remaining}). Silence is never consent.',
  'request.what': 'What is asked for',
  'request.source': 'Source',
  'request.purpose': 'Purpose',
  'request.methods': 'Methods',
  'request.linkage': 'Linkage',
  'request.linked': 'To be linked with other data',
  'request.notLinked': 'Not linked with anything',
  'request.tier': 'How identifiable',
  'request.field': 'Field',
  'request.periodHead': 'Period',
  'request.levelHead': 'Granularity',
  'request.fieldsScroll': 'The fields asked for, scrolls sideways',
  'request.period': 'from {from} to {to}',
  'request.wholePeriod': 'the whole of it',
  'request.level': '{level} {vintage}',
  'level.INDIVIDUAL': 'individual',
  'level.HOUSEHOLD': 'household',
  'level.SMALL_AREA': 'small area',
  'level.ORGANISATION': 'organisation',
  'level.LOCAL_AUTHORITY': 'local authority',
  'request.since': 'Compared with the request of {when}:',
  'request.talk': 'Questions and answers before you decide',
  'request.settled': 'Settled.',
  'request.reply': 'Your reply',
  'request.settles': 'This settles our question',
  'request.send': 'Send',
  'request.ask': 'Ask a question first',
  'request.askLead':
    'Your time to answer stands still while your question waits for its answer. It decides nothing.',
  'request.topic': 'What is it about?',
  'request.question': 'Your question',
  'topic.LEGITIMACY': 'legitimacy',
  'topic.PURPOSE': 'purpose',
  'topic.FIELDS': 'fields',
  'topic.PERIOD': 'period',
  'topic.GRANULARITY': 'granularity',
  'topic.METHODS': 'methods',
  'topic.COST': 'cost',
  'topic.OTHER': 'something else',
  'side.ASKER': 'who asks',
  'side.HOLDER': 'your organisation',
  'request.answer': 'Your answer',
  'request.welcome': 'Every answer is equally welcome. You answer for your organisation.',
  'outcome.GRANTED': 'Grant what was asked',
  'outcome.PARTLY_GRANTED': 'Grant less',
  'outcome.REFUSED': 'Decline',
  'outcomeEffect.GRANTED':
    'A deposit is opened for exactly these fields. Nothing is released before everybody else needed has signed.',
  'outcomeEffect.PARTLY_GRANTED':
    'A deposit is opened for what you grant, and for nothing else. Whoever asks may ask again for the rest.',
  'outcomeEffect.REFUSED': 'No data is asked of you under this request. You need not say why.',
  'outcomeGiven.GRANTED': 'Granted as asked',
  'outcomeGiven.PARTLY_GRANTED': 'Granted in part',
  'outcomeGiven.REFUSED': 'Declined',
  'request.declined': 'No data is asked of you under this request. Whoever asked is told.',
  'request.conditions': 'Conditions of your grant (if you set any)',
  'request.conditionsLead': 'They hold for everything made of your data, and the engine enforces them.',
  'request.record': 'Record my answer',
  'request.ifGranted': 'If you grant it: field by field',
  'request.ifGrantedLead':
    'Say of each field what it becomes in the file, or keep it back. The file is checked against exactly this.',
  'request.choose': 'Choose',
  'request.as': '{field}: in the file as',
  'part.keep': 'kept back',
  'part.pseudonym': 'pseudonym of a person',
  'part.integer': 'whole number',
  'part.number': 'number',
  'part.category': 'category (a code)',
  'part.text': 'short text, never free text',
  'part.date': 'date',
  'part.dimension': 'in a table of counts: what it is counted by',
  'part.sum': 'in a table of counts: what is summed',
  'request.from': '{field}: only from',
  'request.to': '{field}: only to',
  'request.narrower': 'Leave both empty to grant the period asked for.',
  'request.narrow': '{field}: codes, bands, dates, places, and how it is released',
  'request.narrowLead': 'Leave empty what you do not want to narrow. The file is then checked for it.',
  'request.codes': '{field}: only these codes',
  'request.codesHint': 'Separated by commas. For a category, or what a table is counted by.',
  'request.bands': '{field}: only in bands, which begin at',
  'request.bandsHint': 'Whole numbers, ascending, separated by commas: 16, 25, 50. The last band is open.',
  'request.min': '{field}: at least',
  'request.max': '{field}: at most',
  'request.precision': '{field}: dates no finer than',
  'request.place': '{field}: names places, no finer than',
  'request.vintage': '{field}: vintage of the small areas',
  'request.vintageHint': 'Such as 2021, since they are redrawn.',
  'request.releaseAs': '{field}: if rows are released as a table of counts',
  'request.releaseAsHint': 'Choose nothing where what is released is like the file.',
  'request.releaseBands': '{field}: released in coarser bands, which begin at',
  'request.releaseBandsHint': 'Some of the bands above, the first among them.',
  'request.releasePrecision': '{field}: dates released no finer than',
  'released.dimension': 'it is counted by this',
  'released.sum': 'it is summed',
  'released.leftOut': 'it is left out',
  'problem.codes': 'List codes once each, separated by commas, at most {most, number}',
  'problem.bands': 'List whole numbers in ascending order, separated by commas',
  'problem.number': 'Type a number, such as 16 or 0.5',
  'problem.vintage': 'Say which vintage of small areas, such as 2021',
  'problem.onlyCoded': 'Codes, bands and places belong to a category, or to what a table is counted by',
  'problem.codesOrBands': 'List codes or bands, not both',
  'problem.onlyNumbers': 'Only numbers have a least and a most value',
  'problem.lessThan': 'The most cannot be less than the least',
  'problem.onlyDates': 'Only dates are to the day, month, quarter or year',
  'problem.coarserBands': 'Coarser bands begin where bands of the file begin, and with the first of them',
  'problem.coarserDates': 'Dates cannot be released more finely than they are in the file',
  'problem.finerPlace': 'These places are finer than what was asked for',
  'problem.otherVintage': 'Small areas of the vintage {vintage} were asked for',
  'problem.mixed': 'A file is either rows or a table of counts: choose alike for every field',
  'problem.onePseudonym': 'Rows have one pseudonym of a person, not more',
  'problem.needsDimension': 'A table of counts is counted by at least one field',
  'problem.sumOfNumbers': 'Only numbers are summed',
  'problem.countedPeople': 'Nothing is counted by pseudonyms of people',
  'problem.nothingReleased': 'Something of the file has to be released',
  'problem.onlyRows': 'A file that is a table of counts is released as it is',
  'problem.tierShape':
    'Counts and sums only take a table of counts, and a table of counts is counts and sums only: choose how it is released, or how identifiable it may be',
  'request.why': '{field}: if kept back, why (you need not say)',
  'request.because': '{field}: in your words (you need not say)',
  'request.tierGranted': 'How identifiable it may be',
  'request.tierHint': 'Choose nothing to grant what was asked.',
  'request.expires': 'The grant ends on',
  'request.ifRefused': 'If you decline',
  'request.ifRefusedLead':
    'You need not give a reason. A reason you state is kept apart from what others suppose.',
  'refusalReason.COST_EXCEEDS_BENEFIT': 'providing it costs more than it gains',
  'refusalReason.HOLDER_TERMS_PROHIBIT': 'our own terms forbid it',
  'refusalReason.FEAR_OF_MONITORING': 'we would be monitored',
  'refusalReason.EXPOSURE_WITHOUT_CONTEXT': 'it would be shown without its context',
  'refusalReason.BREACH_OF_CLIENT_TRUST': 'it would betray what clients were promised',
  'refusalReason.PURPOSE_INCOMPATIBLE': 'the reuse does not fit the purpose it was collected for',
  'request.aggregate': 'If your terms forbid it: do they leave counts and sums possible?',
  'request.aggregateHint': 'You need not say.',
  'request.yes': 'Yes',
  'request.no': 'No',
  'request.everybody': 'Whoever asked, and the auditor',
  'request.confidenceHint':
    'In confidence means: one named neutral person reads it, and nobody else, not even whoever asks. State no category then, since a category would be shown.',
  'request.sign': 'Sign your answer',
  'request.codeFollows':
    'After you press the button we mail you a code of 8 digits. Your answer is recorded when you have typed it on the next page.',
  'request.about': 'request for data {number}',
  'request.recorded': 'Your answer is recorded',
  'request.answeredByColleague': 'Your organisation has answered',
  'request.withdrawLater':
    'A grant can be withdrawn at any time, in any state of the project, by a data holder of your organisation or by its information risk owner, with a link or an account.',
  'request.withdrawNow': 'Withdraw the grant now',
  'request.keepAddress':
    'You can do it any day from this address too, which the mail repeats. It does not expire, and it holds no secret. From it a fresh link can be mailed to your address on record, with which you can withdraw the grant:',
  'request.withdrewGrant': 'The grant was withdrawn',
  'request.withdrawnByColleague': 'Your organisation has withdrawn its grant',
  'request.withdrawnAtOnce':
    'It took effect at once: no file is taken or opened under it, nothing new opens that rests on it, and analyses that relied on it are being ended.',
  'request.lapsed': 'The request lapsed without an answer, or was withdrawn. Whoever asked may ask again.',
  'problem.fieldAnswer': 'Say of {field} what it becomes, or keep it back',
  'problem.twoDays': 'Give two days, the first not after the second, or neither',
  'problem.reasonsOnlyWith': 'Reasons of this kind go only with “Decline”: choose that, or clear them',
  'problem.isLess': 'You grant less than was asked: choose “Grant less”, or grant every field as asked',
  'problem.nothingGranted': 'You keep every field back: choose “Decline”',
  'problem.terms': 'The file could not be made so: {problem}',
  'problem.topic': 'Choose what your question is about',
  'problem.settle': 'Tick that this settles your question',
  'problem.words': 'Write what you want to say',
  'refusal.MORE_THAN_ASKED': 'This grants more than was asked. Grant what was asked, or less.',
  'refusal.FIELD_TERMS': 'The periods do not fit what was asked. Grant what was asked, or less.',
  'refusal.LESS_THAN_ASKED': 'This grants less than was asked: choose “Grant less”.',
  'refusal.FINER_RELEASE':
    'What is counts and sums only cannot be rows. Choose how each field is counted or summed.',
  'refusal.CLARIFICATION_OPEN':
    'A question of your own is not settled yet. Say that it is settled, then grant.',
  'refusal.CONFIDENCE':
    'In confidence a refusal is explained in words alone: clear the categories, and write the reason.',

  // How requests to sign reach a person.
  'items.mail': 'How requests reach you',
  'items.mailNowEach': 'Now each request comes as it is made.',
  'items.mailNowDaily': 'Now what waits for you comes in one mail a day, at {at} ({timeZone}).',
  'items.mailHow': 'From now on',
  'items.mailHint': 'What would leave you less than two days to answer always comes at once.',
  'items.mailEach': 'Each request as it comes',
  'items.mailDaily': 'One mail a day, at {at}',
  'items.mailName': 'Your full name, for this setting',
  'items.mailNameHint': 'Typed by you, so that no program which opens mails changes how they reach you.',
  'items.mailSave': 'Keep this',
  'problem.mail': 'Choose how requests reach you',

  // T15: confirming what was written down for a colleague without e-mail.
  'confirm.title': 'Confirm what a colleague said',
  'confirm.lead':
    '{addressee}, an answer was written down for a colleague of yours without e-mail: they are said to have approved {askedAbout}. It counts for nothing until somebody of your organisation confirms it.',
  'confirm.recorded': 'What was written down',
  'confirm.who': 'Whose answer',
  'confirm.answer': 'Answer',
  'confirm.how': 'How it was given',
  'confirm.by': 'Written down by',
  'confirm.conditions': 'Conditions',
  'confirm.reads': 'Read the evidence below, and ask your colleague if you are in doubt.',
  'confirm.yours': 'Your confirmation',
  'confirm.choose': 'Whose approval do you confirm?',
  'confirm.nothing':
    'If you cannot confirm it, close this page: doing nothing approves nothing, and nobody is told.',
  'confirm.that': 'I confirm that {name} approved this',
  'confirm.effect':
    'It counts from then on, as if they had signed, and stays marked as written down by somebody else.',
  'confirm.code': 'confirm {name}’s approval',
  'confirm.record': 'Confirm it',
  'confirm.done': 'You confirmed it',
  'confirm.doneLead': 'You confirmed that {name} approved. It counts from now on.',
  'confirm.takenBack':
    'Your colleague can take the answer back at any time; somebody of your organisation writes that down, and it takes effect at once.',
  'confirm.over': 'Nothing waits to be confirmed',
  'confirm.overLead':
    'What was written down has been confirmed by somebody else, was taken back, or its round has ended.',
  'problem.whose': 'Choose whose approval you confirm',
  'refusal.NOTHING_TO_COUNTERSIGN': 'Nothing waits to be confirmed any more.',
  'refusal.OWN_ORGANISATION': 'Only somebody of your colleague’s own organisation confirms their approval.',
  'refusal.NOT_ANOTHER':
    'Neither the person, nor whoever wrote it down or proposed it, confirms an approval. Ask another colleague.',
  'refusal.EVIDENCE_UNREAD':
    'Who confirms has to be able to read the evidence. Ask whoever wrote the answer down to show it to you.',
  'heard.TELEPHONE': 'by telephone',
  'heard.PAPER': 'on paper',
  'heard.IN_PERSON': 'in person',

  // Evidence beside a sign-off.
  'evidence.heading': 'Evidence it rests on',
  'evidence.lead':
    'What is named in the text above, was considered with it, or stands behind an answer below, as far as it is meant for you. Files are downloaded, never opened here.',
  'evidence.number': 'Number',
  'evidence.kind': 'Kind',
  'evidence.origin': 'Where it comes from',
  'evidence.dated': 'Dated',
  'evidence.words': 'Its words',
  'evidence.unseen': 'It speaks of data that nobody but its holder has seen: cited, and not shown.',
  'evidence.download': 'Download {name}',
  'evidence.DOCUMENT': 'Document',
  'evidence.REA': 'Rapid evidence assessment',
  'evidence.COMMENT': 'Comment',
  'evidence.MINUTES': 'Minutes of a meeting',
  'evidence.EMAIL': 'Mail',
  'evidence.CALL': 'Note of a call',

  // A deposit by link: the page of the holder’s custodian.
  'mail.depositLink':
    'The link is for you alone: please do not forward this mail. It works until {linkExpires}. With an account you can hand files over there, too.',
  'mail.depositPage': 'Open the page of this deposit',
  'mail.subject.DEPOSIT_CODE': 'Your code',
  'mail.DEPOSIT_CODE.code': 'This is the code that opens the page for handing over a file:',
  'mail.DEPOSIT_CODE.works':
    'It works for 10 minutes, once, and only on the page you have open. Nobody from Parley ever asks you for it.',
  'mail.subject.DEPOSIT_RECEIPT': 'Receipt for a file',
  'mail.DEPOSIT_RECEIPT.received':
    'A file was handed over for your organisation. It lies encrypted and is now checked against the grant. This is the receipt; please keep it.',
  'mail.DEPOSIT_RECEIPT.notYou':
    'If nobody of your organisation handed over a file, somebody used a link and a code of yours: tell your registrar, and have the grant withdrawn.',
  'deposit.title': 'Hand over a file',
  'deposit.titleAfter': 'A deposit of your organisation',
  'deposit.lead':
    '{addressee}, this is deposit <code>{number}</code> for request <code>{request}</code>, which {holder} granted: what was granted, how the file is checked, and what becomes of it.',
  'deposit.stands': 'How it stands',
  'deposit.isOpen': 'No file has been handed over yet.',
  'deposit.isTooEarly':
    'People who were invited to take part may still leave, or it has not been reported yet who responded. The file can be handed over after that.',
  'deposit.isClosed':
    'The grant was withdrawn or has expired, so no file is taken. If one is needed, a new request is sent.',
  'deposit.isReceived':
    'The file has been received. It is now checked against the grant; the report stands on this page then, and a mail tells you.',
  'deposit.isAccepted':
    'The file fits what was granted. It lies encrypted, and nobody reads it until a release made from it has been signed and permitted. It is destroyed by {until}, or earlier if the grant is withdrawn.',
  'deposit.isRefused':
    'The file does not fit what was granted. Its bytes have been discarded, and nobody has used them. Correct what the report says; a new mail with a new link invites you to hand over the corrected file.',
  'deposit.isDestroyed': 'The file has been destroyed, with the keys that could open it.',
  'deposit.fileReceived': 'Received',
  'deposit.size': 'Size',
  'deposit.bytes': '{count, plural, one {# byte} other {# bytes}}',
  'deposit.digest': 'SHA-256 of the file',
  'deposit.certificate': 'Certificate of its destruction',
  'deposit.whereabouts': 'Where the data went',
  'deposit.nowhere': 'No release has been made of it.',
  'deposit.release': 'Release',
  'deposit.releaseTier': 'What it holds',
  'deposit.releaseWave': 'Wave',
  'deposit.releaseStatus': 'How it stands',
  'deposit.releaseMade': 'Made and sealed',
  'deposit.releasePermit': 'May be read until',
  'deposit.releaseEnded': 'Destroyed',
  'deposit.releaseRuns': 'Read by',
  'deposit.noRuns': 'Nobody has read it.',
  'deposit.run':
    '{run}, {method}, by {by}: {reads, plural, =0 {not opened} one {opened once} other {opened # times}}, {last}. {result}',
  'deposit.runGoing': 'still going',
  'deposit.runEnded': 'ended {at}',
  'deposit.certificateOf': 'Certificate: what was seen when {what} was destroyed',
  'deposit.certificateErased': 'What the certificate said is no longer in the record; its digest is.',
  'deposit.releaseIs.PROPOSED': 'Proposed; its data has not been made yet',
  'deposit.releaseIs.SEALED': 'Sealed: nobody can read it until everyone asked has signed',
  'deposit.releaseIs.PERMITTED': 'Permitted: it can be read for what was signed',
  'deposit.releaseIs.CLOSED': 'Closed by a withdrawal: nobody can read it any more',
  'deposit.releaseIs.EXPIRED': 'Ended: nobody can read it any more',
  'deposit.releaseIs.GIVEN_UP': 'Given up: nobody can read it',
  'deposit.releaseIs.DESTROYED': 'Destroyed, with its keys',
  'deposit.resultIs.RUNNING': 'There is no result yet.',
  'deposit.resultIs.ENDED_WITHOUT_RESULT': 'There is no result.',
  'deposit.resultIs.UNCHECKED': 'Its result waits for its check; only checkers see it.',
  'deposit.resultIs.CHECKED': 'Its result passed its check.',
  'deposit.resultIs.WITHHELD': 'Its result was withheld.',
  'deposit.resultIs.QUARANTINED': 'Its result was closed; only checkers see it.',
  'deposit.resultIs.FLAGGED': 'Its result passed its check, and is marked: its data was withdrawn since.',
  'deposit.resultIs.destroyed': 'Its result was destroyed.',
  'certificate.ledgerPart': 'Key, the part in the database',
  'certificate.keyPart': 'Key, the part outside the database',
  'certificate.bytes': 'Encrypted bytes',
  'certificate.looked': 'Looked at again',
  'certificate.remains': 'What there still is of the same data',
  'certificate.destroyedAt': 'destroyed on {at}',
  'certificate.noPart': 'there was none',
  'certificate.unknown': 'nothing was noted of it at that time',
  'certificate.removed': '{count, plural, one {# byte removed} other {# bytes removed}}',
  'certificate.noBytes': 'there were none',
  'certificate.nothingLeft': 'neither the key nor the bytes were there',
  'certificate.somethingLeft': 'something was still there',
  'certificate.deposits': 'Deposits it was made of: {ids}.',
  'certificate.releases': 'Releases made of it: {ids}.',
  'certificate.results': 'Results made of it: {ids}.',
  'certificate.units':
    'Who was in it, as keyed numbers nobody can read a person from, until the project ends: later releases are compared with it.',
  'certificate.nothingElse': 'nothing',
  'certificate.backups':
    'Backups are kept for {days, plural, one {# day} other {# days}}: until {at} one may hold the encrypted bytes and the database’s part of the key. The other part is in no backup, and without it they open nothing.',
  'certificate.backupsUnsaid':
    'Backups may hold the encrypted bytes and the database’s part of the key; for how long, the operator has not said. The other part of the key is in no backup, and without it they open nothing.',
  'deposit.report': 'What the check found',
  'deposit.rowsRead':
    '{count, plural, =0 {No rows were read.} one {# row was read.} other {# rows were read.}}',
  'deposit.columnsRead':
    '{count, plural, =0 {No columns were recognised.} one {# column was recognised.} other {# columns were recognised.}}',
  'deposit.reportLead':
    'Rows are counted with the header as row 1. No value of the file stands in this report.',
  'deposit.nothingFound': 'Nothing was found that does not fit.',
  'deposit.column': 'Column',
  'deposit.wholeFile': 'The file as a whole',
  'deposit.isNote': 'This is only a note: the file is not refused for it.',
  'deposit.where': 'Where',
  'deposit.grantSays': 'The grant says',
  'deposit.rows': '{count, plural, one {row {listed}} other {rows {listed}}}',
  'deposit.rowsAndMore': 'rows {listed} and {more, number} more',
  'deposit.hand': 'The file',
  'deposit.handLead':
    'Your code was right. For the next twelve hours this browser can hand over one file. It is encrypted while it arrives; if anything breaks off, nothing of it stays, and you can send it again.',
  'deposit.yourDigest': 'SHA-256 of the file, if you know it',
  'deposit.yourDigestHint':
    '64 characters, as “sha256sum” and “parley prepare” print them. The file is then taken only if it is exactly this one.',
  'deposit.file': 'Choose the file',
  'deposit.fileHint':
    'CSV, TSV or Parquet, at most two gigabytes. After a mistake it has to be chosen again.',
  'deposit.send': 'Hand the file over',
  'deposit.first': 'First: a code to your mailbox',
  'deposit.firstLead':
    'Before a file is taken, a code is mailed to you, so that nobody hands over a file in your name with a forwarded mail. Nothing else happens by asking for it.',
  'deposit.nameHint':
    'Whoever hands the file over. Without it nothing is mailed, so that programs which open mails use up no codes of yours.',
  'deposit.codeSent': 'We have mailed a code of 8 digits to your address on record. Type it here.',
  'deposit.mailCode': 'Mail me a code',
  'deposit.goOn': 'Go on to the file',
  'deposit.granted': 'What was granted',
  'deposit.signedBy': 'Granted for your organisation by {by} on {at}.',
  'deposit.theFile': 'What the file holds',
  'deposit.fieldsScroll': 'The granted fields, scrolls sideways',
  'deposit.terms': 'What may stand in it',
  'deposit.conditions': 'Conditions of the grant',
  'deposit.checks': 'How the file is checked',
  'deposit.check.columns':
    'It has exactly the granted columns, under their exact names, and is readable throughout.',
  'deposit.check.values':
    'Each value is of the granted kind: its codes, its range, its period, and no finer in time or place than granted.',
  'deposit.check.identifiers':
    'Nothing points at a person: no names, mail addresses, telephone or insurance numbers, postcodes or days of birth. People stand under pseudonyms only.',
  'deposit.check.text': 'There is no free text.',
  'deposit.check.rows':
    'Rows keep the grant’s rules across fields, none stands twice where it may not, and no cell of a table is smaller than granted.',
  'deposit.prepare':
    'With <code>parley prepare</code> you make and check such a file on your own machine, before anything leaves it.',
  'deposit.fate': 'What becomes of the file',
  'deposit.fate.sealed':
    'It is encrypted while it arrives, with a key that this page cannot open again. It never lies anywhere in plain text.',
  'deposit.fate.opened':
    'Only the engine opens it, to check it and to make a release of it, and only while agreement, ethics, boundary and grant stand. Each opening is recorded.',
  'deposit.fate.refused': 'A file that does not fit is discarded with its key once the report is written.',
  'deposit.fate.until':
    'It is destroyed by {until} at the latest, and a certificate of it is mailed to your data holder.',
  'deposit.withdraw':
    'The grant can be withdrawn at any time by a data holder or the information risk owner of your organisation. Nothing new opens from that moment on.',
  'deposit.tooLarge':
    'The file is larger than {megabytes, number} megabytes, the most that is taken. Nothing was kept. Deposit fewer fields or a shorter period.',
  'deposit.digestDiffers':
    'What arrived is not the file with this SHA-256. Nothing was kept. Choose the file again, or correct the SHA-256.',
  'deposit.brokeOff':
    'The file broke off before its end. Nothing was kept. Choose it again and send it once more.',
  'deposit.full': 'There is no room for the file at the moment. Nothing was kept. Try again later.',
  'deposit.see': 'See how this deposit stands',
  'deposit.noFile': 'Choose the file to hand over',
  'deposit.noDigest': 'Type the SHA-256 as 64 characters, 0 to 9 and a to f, or leave it empty',
  'refusal.NO_GRANT': 'The grant no longer stands, so no file is taken. Nothing of the file was kept.',
  'refusal.COLLECTION_OPEN':
    'People may still leave, or it has not been reported who responded. Wait until then. Nothing of the file was kept.',
  'refusal.ALREADY_RECEIVED':
    'Another file has been received for this deposit. Wait for its check; if it is refused, a new mail invites you again. Nothing of this file was kept.',
  'refusal.NOT_THE_HOLDER': 'Only the holder’s own data custodians hand its files over.',
  'refusal.WRONG_ROLE': 'You no longer hold the role this needs. Ask the registrar of your organisation.',
  // How finely a date tells.
  'precision.DAY': 'to the day, like 2014-09-01',
  'precision.MONTH': 'to the month, like 2014-09',
  'precision.QUARTER': 'to the quarter, like 2014-Q3',
  'precision.YEAR': 'to the year, like 2014',
  'grant.codes': 'one of {count, plural, other {# listed codes}}',
  'grant.theCodes': 'one of {codes}',
  'grant.bands': 'in bands that begin at {bounds}',
  'grant.range': 'from {min} to {max}',
  'grant.atLeast': '{min} or more',
  'grant.atMost': '{max} or less',
  'grant.required': 'never empty',
  'grant.datedBy': 'dated by {field}',
  'grant.covers': 'its values are of {from} to {to}',
  'grant.timeCode': 'a time written like {example}',
  'grant.unique': 'each once',
  'grant.asRows': 'Rows; each is about one {level}.',
  'grant.asTable': 'A table of counts by {dimensions}; sums: {sums}.',
  'grant.fewest': 'No cell of fewer than {fewest, number} people.',
  'grant.merge': 'Smaller cells are first put together as “{into}” along {dimension}.',
  'grant.removesOutside': 'Values outside a field’s period are taken out before anything is released.',
  'grant.maxRows': 'At most {maxRows, number} rows.',
  'grant.key': 'No two rows have the same {fields}.',
  'grant.notBefore': '{field} is never before {other}.',
  'grant.requiredWhere': '{field} is never empty where {other} is one of {values}.',
  // What the check of a file finds.
  'finding.EMPTY_FILE': 'The file is empty. Hand over a file with a header row and the data.',
  'finding.WRONG_ENCODING': 'The file is not written in UTF-8. Save it as “CSV UTF-8”.',
  'finding.NUL_BYTE': 'The file holds bytes that are no text. Save it as plain “CSV UTF-8”.',
  'finding.BYTE_ORDER_MARK': 'The file begins with a byte order mark; it was skipped.',
  'finding.NO_HEADER':
    'The first row names none of the granted columns. The file needs a header row with their names.',
  'finding.UNKNOWN_COLUMN': 'It is not in the grant. Leave it out; “parley prepare” does.',
  'finding.MISSING_COLUMN':
    'It was granted and is not in the file. Names must match exactly, also in upper and lower case.',
  'finding.REPEATED_COLUMN': 'It stands more than once in the header. Keep one.',
  'finding.RAGGED_ROW':
    'Rows have more or fewer fields than the header. Look for commas or quotes that are missing.',
  'finding.FIELD_TOO_LONG':
    'A field has more than 4,096 characters. Look for a closing quote that is missing; free text has no place here.',
  'finding.UNCLOSED_QUOTE': 'A quote opens and is never closed. Close it, or double quotes inside a field.',
  'finding.STRAY_QUOTE':
    'A quote stands inside a field. Put the whole field in quotes, and double those inside it.',
  'finding.TOO_MANY_ROWS': 'The file has more rows than the grant takes. Hand over a shorter period.',
  'finding.NO_ROWS': 'The file has a header and no rows. Hand the data over with it.',
  'finding.MISSING_VALUE':
    'There is no value where one is required. Leave such rows out, or have the grant allow empty values.',
  'finding.WRONG_TYPE':
    'Values are not of the granted kind. Correct them, or leave them empty where none is known.',
  'finding.OUT_OF_RANGE': 'Values lie outside the granted range. Correct them, or have the grant amended.',
  'finding.UNKNOWN_CODE': 'Values are none of the granted codes. Recode them, or have the grant amended.',
  'finding.NOT_A_PSEUDONYM':
    'Values are no pseudonyms: 16 to 64 letters, digits, hyphens or underscores. Replace identifiers with “parley prepare”.',
  'finding.REPEATED_PSEUDONYM': 'A person stands in more rows than was granted. Keep one row a person.',
  'finding.FREE_TEXT':
    'Values are longer than 100 characters, of many words, or over several lines. Free text never leaves the holder: hand over codes instead.',
  'finding.INVISIBLE_CHARACTER': 'Values hold an invisible character. Remove it.',
  'finding.FORMULA': 'Values begin like a formula of a spreadsheet. Hand over the plain values.',
  'finding.EMAIL_ADDRESS': 'Values look like mail addresses. Remove what points at people.',
  'finding.PHONE_NUMBER': 'Values look like telephone numbers. Remove what points at people.',
  'finding.NHS_NUMBER': 'Values look like NHS numbers: their check digit fits. Remove what points at people.',
  'finding.NATIONAL_INSURANCE_NUMBER':
    'Values look like National Insurance numbers. Remove what points at people.',
  'finding.POSTCODE': 'Values look like full postcodes. Hand over a larger area, as the grant says.',
  'finding.REPEATED_CELL': 'The same cell stands in another row, too. Merge them; “parley prepare” does.',
  'finding.IMPOSSIBLE_SUMS':
    'Count, sum and sum of squares cannot belong together. Make the table again from the rows.',
  'finding.WRONG_DELIMITER':
    'The columns are separated by something else than commas or tabs. Save the file with commas (CSV) or tabs (TSV).',
  'finding.EMPTY_NAME': 'A column of the header has no name. Name it, or remove it.',
  'finding.THOUSANDS_SEPARATOR': 'Numbers are written with separators of thousands. Write them without.',
  'finding.LOST_ZEROS':
    'Codes lost the zeros they begin with, as in spreadsheets. Export the column as text; nothing is guessed.',
  'finding.WRONG_DATE':
    'Values are no dates as they were granted. Write all of them alike; days and months are never guessed.',
  'finding.SPREADSHEET_DATE':
    'Values are the day numbers of a spreadsheet instead of dates. Export the column as dates.',
  'finding.DATE_TOO_FINE': 'Dates tell more finely than was granted. “parley prepare” makes them coarser.',
  'finding.OUT_OF_PERIOD':
    'Values are of days outside the granted period. Leave them out; “parley prepare” does.',
  'finding.REMOVED_BY_PERIOD':
    'Values are of days outside the granted period. They are taken out before anything is released, as the grant says.',
  'finding.DATE_OF_BIRTH': 'It holds days of birth. Hand over a band of ages, or the year, as granted.',
  'finding.FULL_DATE': 'Values hold a full date. Where one is meant, the grant says so; otherwise remove it.',
  'finding.PERSON_NAME': 'Values look like names of people. Remove what points at people.',
  'finding.IDENTIFYING_COLUMN':
    'It is named like something that points at people. Remove it, or have the grant name it for what it holds.',
  'finding.PLACE_TOO_FINE':
    'Places are finer than was granted. Hand over the larger area; “parley prepare” does.',
  'finding.NOT_A_PLACE': 'Values are no codes of such places. Correct them, or have the grant list them.',
  'finding.ROW_RULE': 'Rows break a rule across fields that the grant states. Correct the rows.',
  'finding.REPEATED_KEY':
    'Rows have the same values as another where the grant takes each once. Remove the duplicates.',
  'finding.REPEATED_ROW': 'Rows are the same in every value as another. See that nothing was exported twice.',
  'finding.NOT_OF_STOCK':
    'Rows are about people who were not there on the day of this stock. Leave them out.',
  'finding.NO_FLOW':
    'It is empty in every row, so that nobody ever left: that is a stock and no flow. Add those who left, or have the source declared a stock.',
  'finding.SMALL_CELL':
    'Cells rest on fewer people than the grant lets out. Leave them out; “parley prepare” does.',
  'finding.TOO_MANY_ORGANISATIONS':
    'A cell counts more organisations than people. Make the table again from the rows.',
  'finding.NO_VERDICT':
    'It is not in the file: whether few people dominate the sums is left to a person to judge.',
  'finding.UNREADABLE':
    'The file could not be read to its end. See that it is plain CSV or Parquet, or hand over less at once.',

  // What the pages of people with an account have in common.
  'app.signIn': 'Sign in',
  'app.signInTitle': 'Sign in to Parley',
  'app.signInLead':
    'You sign in with your organisation’s account. Parley gets your e-mail address from it, and nothing else; it has to be the address your registrar entered.',
  'app.noProvider':
    'No identity provider is set up here, so nobody can sign in to these pages. Whoever operates Parley sets <code>OIDC_ISSUER</code>, <code>OIDC_CLIENT_ID</code> and <code>OIDC_CLIENT_SECRET</code>.',
  'app.noAccountNeeded': 'To answer a sign-off you need no account: follow the link in your mail.',
  'app.signOut': 'Sign out',
  'app.choose': 'Which programme is this for?',
  'app.actAs': '{programme}, as {person}',
  'app.back': 'Back',
  'app.backToProject': 'Back to the project',
  'app.promise':
    'Data moves only in waves, each opened by the people whose trust it needs. What is decided stands in the ledger.',
  'app.erased': '(erased)',
  'app.notGiven': 'erased or not given',
  'app.pages': 'Pages',
  'app.nextPage': 'Next page',
  'app.thisProject': 'This project',
  'app.projects': 'My projects',
  'app.gatesClosed': 'The gates are closed: what is recorded does not agree',
  'app.gatesClosedSince': 'Closed since {at}.',
  'app.issue': 'Issue',
  'app.issueTitle': 'The issue',
  'app.sufficiency': 'Question and sufficiency',
  'app.sources': 'Sources',
  'app.requests': 'Requests and refusals',
  'app.admissibility': 'Admissibility',
  'app.admissibilityTitle': 'Admissibility of data',
  'app.hypotheses': 'Hypotheses',
  'app.results': 'Results',
  'app.evidence': 'Evidence',
  'app.evidenceTitle': 'Evidence you may read',
  'app.timeline': 'Timeline',
  // Forms.
  'app.optional': '{label} (optional)',
  'app.needed': '{label}: this is needed.',
  'app.answerNeeded': '{label} An answer is needed.',
  'app.tooLong': '{label}: at most {most, number} characters.',
  'app.noAddress': '{label}: type a mail address, such as name@example.org.',
  'app.unfit':
    '{label}: this cannot be kept as it stands. Remove line breaks and characters that cannot be shown.',
  'app.noneToChoose': 'There is none to choose.',
  // The titles of error pages that the portal’s own do not fit.
  'app.unknown': 'We do not know who you are',
  'app.notAllowed': 'This is not for you to do or read',
  'app.notNow': 'This is not possible as things stand',
  'app.tooMany': 'Too many requests; wait a minute',
  // What whoever signs in, or opens a page that is not there, may run into: why, and what to do next.
  'app.problem.SIGN_IN_FAILED':
    'This browser did not begin this sign-in, or began it long ago, or the identity provider declined it. Begin again, in the same browser, and within ten minutes.',
  'app.problem.SIGN_IN_OVER': 'This sign-in is over. Sign in again.',
  'app.problem.NO_CHOICE': 'No programme was chosen. Sign in again, and choose one of those listed.',
  'app.problem.NOT_YOUR_ADDRESS':
    'The address you proved is not this person’s. Sign in again, and choose one of those listed.',
  'app.problem.NO_SUCH_ADDRESS':
    'Nobody in a programme here has the address you signed in with. Ask the registrar of your organisation which address is on record; a changed one counts after its delay.',
  'app.problem.ADDRESS_NOT_VERIFIED':
    'Your identity provider does not say that your e-mail address is verified. Verify it there, or ask whoever runs the provider to release it with its verification.',
  'app.problem.NO_PROVIDER':
    'No identity provider is set up here, so nobody can sign in. Tell whoever operates Parley.',
  'app.problem.PROVIDER_AWAY':
    'The identity provider cannot be reached just now. Try again in a few minutes; links in mails work all the same.',
  'app.problem.FOREIGN_FORM':
    'This form did not come from our own page, or its session is over. Nothing was recorded. Open the page again, and send the form from there.',
  'app.problem.NOT_FOUND':
    'There is nothing here that you can see. Check the address, or begin with your projects.',
  'app.problem.NO_SUCH_ROUTE': 'There is nothing at this address. Check it, or begin with your projects.',
  'app.problem.TOO_LARGE': 'What you sent is larger than a form can be. Nothing has been recorded.',
  'app.problem.TOO_MANY_REQUESTS': 'Too many requests came in a short time. Wait a minute, then try again.',
  'app.problem.DATABASE_AWAY':
    'The ledger cannot be reached just now. Nothing has been recorded. Try again in a moment.',
  'app.problem.UNFORESEEN':
    'Something failed on our side. Try again; if it goes on, tell whoever operates Parley when it happened.',

  // The registrars’ page, and its forms.
  'people.title': 'People of your organisation',
  'people.lead': 'What you say here is said for your organisation alone, and stands in the ledger.',
  'people.roles': 'Roles',
  'people.mail': 'Mail',
  'people.comesBack': 'Comes back',
  'people.comesBackSince': 'since {since}: correct the address',
  'people.onRecord': 'Address on record',
  'people.noAddress': 'No address: asked by telephone or on paper',
  'people.changes': 'Changes',
  'people.changesAt': 'on {at}; until then mail goes where it went before',
  'people.ownEntry': 'Your own entry changes only by an amended agreement.',
  'people.back': 'Back to your people',
  'people.done': '{form}: this is in the ledger now.',
  'people.name': 'Full name',
  'people.address': 'Mail address',
  'people.addressHint': 'Leave it empty for somebody without e-mail, who is asked by telephone or on paper.',
  'people.rolesHint': 'Whoever holds several counts once.',
  'people.sure': 'Are you sure?',
  'people.attest': 'Attest a person',
  'people.attestAbout':
    'You say who this is, for your organisation. Whoever is attested may be asked to sign, by a link mailed to this address.',
  'people.changeRoles': 'Change roles',
  'people.changeRolesAbout': 'Open rounds keep whom they asked; a lost role no longer fills a place in them.',
  'people.changeAddress': 'Change a mail address',
  'people.changeAddressAbout':
    'The change takes effect after a delay. The old address and the auditor are told at once, links that were mailed stop working, and you can call it off until then.',
  'people.cancelAddress': 'Call off a change of address',
  'people.cancelAddressAbout': 'Mail goes on to the address there was before.',
  'people.departure': 'End a tenure',
  'people.departureAbout':
    'They no longer speak for your organisation. Their answers in rounds that are not settled no longer count; what was settled stands.',

  // Why a rule refused what a registrar sent.
  'people.refusal.other':
    'This cannot be recorded as things stand, and nothing was recorded. Go back to your people, and look again.',
  'people.refusal.ADDRESS_TAKEN':
    'Another person of this programme has this mail address. Each person needs one of their own.',
  'people.refusal.CHANGE_PENDING':
    'Another change of this address has not taken effect yet. Call that one off first, or wait until it has.',
  'people.refusal.NOTHING_PENDING':
    'No change of this address waits to take effect. There is nothing to call off.',
  'people.refusal.NOT_THEIR_REGISTRAR':
    'Only a registrar of this person’s own organisation may do this. Ask that registrar.',
  'people.refusal.NOT_YOUR_PERSON':
    'Only a registrar of this person’s own organisation may do this. Ask that registrar.',
  'people.refusal.OWN_ENTRY':
    'A registrar’s own entry changes only by an amended agreement. Ask whoever leads to propose one.',
  'people.refusal.REGISTRAR_BY_AGREEMENT':
    'Who registers people is said by the agreement. Ask whoever leads to propose an amended one.',
  'people.refusal.NO_ROLE': 'A person needs at least one role. If they have left, end their tenure instead.',
  'people.refusal.OPERATOR_ROLE':
    'Administrator is a role of whoever operates Parley, not of a programme. Leave it out.',
  'people.refusal.ALREADY_ATTESTED':
    'This person is already on the roster. Change their roles or address instead.',
  'people.refusal.UNKNOWN_PERSON':
    'This person is not on the roster any more. Attest them again if they are back.',
  'people.refusal.NO_SUCH_PERSON':
    'This person is not on the roster any more. Attest them again if they are back.',
  'people.refusal.UNKNOWN_ORGANISATION':
    'Your organisation is not part of this programme. Ask whoever operates Parley.',
  'people.refusal.NO_ACCOUNT': 'You are not signed in any more. Sign in again; nothing was recorded.',
  'people.refusal.NOT_WRITABLE':
    'Your text holds characters that cannot be kept. Remove them and send it again.',
  'people.refusal.SOMEBODY_WAS_FASTER':
    'Something in this programme changed while you had this form open, and nothing was recorded. Look at your people again, then decide anew.',
  'people.refusal.IN_PROGRESS': 'The same form is being sent already. Look at your people in a moment.',

  // How a result stands; reads after "Status:".
  'resultStatus.RUNNING': 'running',
  'resultStatus.ENDED_WITHOUT_RESULT': 'ended without a result',
  'resultStatus.UNCHECKED': 'not checked yet',
  'resultStatus.CHECKED': 'checked',
  'resultStatus.WITHHELD': 'withheld by a checker',
  'resultStatus.QUARANTINED': 'closed by a withdrawal',
  'resultStatus.FLAGGED': 'checked; a withdrawal since has closed its data',
  // What of a registered analysis was done otherwise.
  'deviation.HYPOTHESIS': 'the hypothesis',
  'deviation.SUPPORT': 'what would count as support',
  'deviation.METHOD': 'the method',
  'deviation.PARAMETERS': 'the parameters',
  'deviation.POPULATION': 'the population',
  // What may be used; reads after the name of a field.
  'admissibility.PENDING': 'not judged yet',
  'admissibility.ADMISSIBLE': 'admissible',
  'admissibility.ADMISSIBLE_WITH_CAVEAT': 'admissible with a caveat',
  'admissibility.CONTESTED': 'contested',
  'admissibility.INADMISSIBLE': 'inadmissible',

  // A result, on its page and in its report.
  'result.notShown': 'not shown',
  'result.measure': 'the measure {measure}',
  'result.wholeTable': 'the whole table',
  'result.moreRows': '{count, plural, one {One more row stands} other {# more rows stand}} in the CSV file.',
  'result.place': '{table}: {message}',
  'result.places': '({count, plural, one {one place} other {# places}})',
  'result.noCaveats': 'Nothing is said against the fields it uses.',
  'result.caveat': '{field} of {source}: {status}.',
  'result.seriesBreak': 'Its series broke on {at}:',
  'result.challenges': 'Unanswered challenges: {challenges}.',
  'result.collected':
    '{source} was collected: {responded} of {invited} invited answered, {linkConsented} agreed to the link, {left} left since.',
  'result.compared':
    '{characteristic}: {responders} of those who answered, {nonResponders} of those who did not.',
  'result.onlyWith': 'Only to be shown with:',
  'result.notFor': 'Not to be used for:',
  'result.checkedBy': '({who}, who checked it)',
  'result.because': 'Considered because',
  'result.citedNotSeen':
    'Cited, not seen: its holder kept the data back for a reason of its own, so nobody here has checked it against any.',
  'result.says': '{who} says:',
  'result.hidden': 'What is not shown, and why',
  'result.conditions': 'Conditions',

  // The report of a result: one file to read and pass on.
  'report.title': '{title} – report',
  'report.result': 'Result {id}',
  'report.question': 'Question and hypothesis',
  'report.asked': 'Question',
  'report.noQuestion': 'None was registered: this run was made without an engine.',
  'report.hypothesis': 'Hypothesis',
  'report.support': 'What would count as support',
  'report.registered': 'Registered',
  'report.registeredBy': '{at} by {who}, before this result was seen.',
  'report.afterSeeing': 'The results of {results} could be seen by then.',
  'report.otherwise': 'Done otherwise',
  'report.deviation':
    '{part}, {recorded, select, AFTER_RESULT {after the result was seen} other {before the result was seen}}:',
  'report.method': 'Method',
  'report.methodIs': '{title}. {description}',
  'report.methodVersion': 'Method and version',
  'report.code': 'Code that computed it',
  'report.codeDigest': '<code>{digest}</code>, the digest that <code>parley code</code> prints of it',
  'report.data': 'Data',
  'report.localFile': 'The local file {file}.',
  'report.release': 'Release',
  'report.wave': 'wave {wave}',
  'report.purpose': 'Purpose',
  'report.of': 'Of {source}',
  'report.dataDigest': 'Digest of the data',
  'report.caveats': 'Caveats',
  'report.results': 'Results',
  'report.limits': 'Limits',
  'report.nothingHidden': 'Nothing was kept back.',
  'report.left': 'What a person decided on',
  'report.thresholds':
    'Every number rests on at least {fewest} people. Numbers stand with six digits; the JSON file has them all.',
  'report.beside': 'Beside it: {title}',
  'report.checked': 'How it was checked',
  'report.status': 'Status: {status}.',
  'report.check': '{who}: {answer}, {at}.',
  'report.checkWithdrawn': 'Withdrawn since.',
  'report.unchecked': 'Nobody has decided on it yet: do not pass it on.',
  'report.signed':
    'What the checker signed is the list of the result’s files, content <code>{core}</code>. This report was made from them on {now}; words erased or said since then stand in it as they were on that day.',
  'report.noEngine':
    'No output check by a person: these are made-up or local data, tried out by the same rules.',

  // How a stage of a cycle stands.
  'stageStatus.WAITING': 'waiting for an earlier stage',
  'stageStatus.OPEN': 'open',
  'stageStatus.ASKED': 'out for sign-off',
  'stageStatus.CHANGES_REQUESTED': 'sent back for changes',
  'stageStatus.REJECTED': 'declined',
  'stageStatus.LAPSED': 'lapsed',
  'stageStatus.REOPENED': 'open again',
  'stageStatus.SETTLED': 'settled',
  // What became of a request for data.
  'requestStatus.SENT': 'sent',
  'requestStatus.GRANTED': 'granted',
  'requestStatus.PARTLY_GRANTED': 'granted in part',
  'requestStatus.REFUSED': 'declined',
  'requestStatus.NOT_OBTAINED': 'not obtained',
  'requestStatus.LAPSED': 'lapsed',
  'requestStatus.WITHDRAWN': 'withdrawn',
  'releaseStatus.PROPOSED': 'proposed',
  'releaseStatus.SEALED': 'sealed',
  'releaseStatus.PERMITTED': 'permitted',
  'releaseStatus.CLOSED': 'closed',
  'releaseStatus.EXPIRED': 'expired',
  'releaseStatus.GIVEN_UP': 'given up',
  'releaseStatus.DESTROYED': 'destroyed',
  'insightStatus.ACTIONABLE': 'can be acted on',
  'insightStatus.PARTLY_ACTIONABLE': 'can be acted on in part',
  'insightStatus.OUTSIDE_LOCAL_REMIT': 'outside the local remit',
  'insightStatus.DEFERRED': 'deferred',
  'runOutcome.COMPLETED': 'completed',
  'runOutcome.FAILED': 'failed',
  'runOutcome.STOPPED': 'stopped',

  // The story of a project, as an export tells it on one page.
  'actionStatus.PLANNED': 'planned',
  'actionStatus.UNDER_WAY': 'under way',
  'actionStatus.PARTLY_DONE': 'partly done',
  'actionStatus.DONE': 'done',
  'actionStatus.NOT_DONE': 'not done',
  'story.title': '{title}: the whole story',
  'story.lead':
    'The whole story of this project as its ledger has it on {now}, for the profile <strong>{profile}</strong>. It stands here to be read; what proves it lies in <code>ledger/</code>, and <code>parley verify</code> or the page that verifies in a browser checks it without asking anybody.',
  'story.project': '<code>{id}</code>, {status}, since {startedAt}',
  'story.programme': 'Programme',
  'story.noWords': '(words not in this export)',
  'story.cycles': 'Cycles',
  'story.cycle': 'Cycle {number}, since {startedAt}',
  'story.descends': 'Its question descends from reflection {reflection}.',
  'story.noCycle': 'No cycle has begun.',
  'story.stage': 'Stage',
  'story.stands': 'Where it stands',
  'story.readBy.PRACTITIONER': 'As a practitioner reads it:',
  'story.readBy.RESEARCHER': 'As a researcher reads it:',
  'story.misread': 'It could be misread:',
  'story.insight': 'Insight {id} ({status}):',
  'story.asked': 'What was asked of holders',
  'story.request': 'Request',
  'story.holder': 'Holder',
  'story.fields': 'Fields',
  'story.outcome': 'Outcome',
  'story.nothingShown': 'Nothing that is shown in this profile.',
  'story.declined': 'What was declined',
  'story.declinedCounts': 'Declined: {refused}; not obtained: {notObtained}; granted in part: {partly}.',
  'story.reasons': 'Stated reasons: {reasons}.',
  'story.reason': '{reason} ({count})',
  'story.reasonsHidden':
    'Reasons are not counted here: fewer than three organisations stated any, and a count would point at one.',
  'story.statedReasons': 'Stated',
  'story.releases': 'Releases',
  'story.release': '{id}: wave {wave}; {tier}; for {purpose}; {status}.',
  'story.permitted': 'Permitted on {at}.',
  'story.noData': 'The data itself is not in this export.',
  'story.analyses': 'Analyses',
  'story.analysis': '{id}: {method} on {release}.',
  'story.ended': 'Ended on {at}, {outcome}.',
  'story.notEnded': 'Not ended.',
  'story.code': 'Computed by version {version} of the method, code <code>{digest}</code>.',
  'story.signOffs': 'Sign-offs',
  'story.signOff': '{about}: {subject}, round {round}',
  'story.round': 'Asked on {openedAt}; {status}. Content <code>{core}</code>',
  'story.by': 'By a person of',
  'story.when': 'When',
  'story.entry': 'Entry',
  'story.dissent': '(dissent: {text})',
  'story.recorded': '[given {how} and recorded on evidence {evidence}]',
  'story.countersigned': '[countersigned on {at}]',
  'story.withdrawn': '[withdrawn on {at}]',
  'story.nobody': 'Nobody has answered.',
  'story.contents': 'On this page',
  'story.question': 'Question {id} ({status}):',
  'story.restsOn': 'What it rests on',
  'story.agreement': 'Collaboration agreement {id}, until {expires}.',
  'story.ethics': 'Ethical approval {id}, until {expires}.',
  'story.ethicsEnded': 'Ended on {at}.',
  'story.boundary': 'Boundary {id}: {purposes}; {tier}; until {expires}.',
  'story.amends': 'It amends {boundary}.',
  'story.signed': '{what} ({status}).',
  'story.notAsked': 'not asked yet',
  'story.readContent': 'What was signed',
  'story.outputFiles': 'What was released of it:',
  'story.evidence': 'Minutes and other evidence',
  'story.agreed': 'Agreed to by {agreed} of {present} who took part.',
  'story.actions': 'What was done',
  'story.action': '{what} By a person of {by}, due {due}. Expected: {effect}',
  'story.report': '{at}, {status}: {text}',
  'story.attended': '{people, plural, one {# person} other {# people}} took part.',
  'story.cancelled': 'Cancelled: {reason}',
  'story.check': 'How to check it',
  'story.checkLead':
    'You need the log’s key from somewhere else than this export: from a mail with its signed head, or from whoever runs the engine. Then, offline:',
  'story.checkFiles':
    'The digests of all files here that do not prove themselves are in <code>manifest-sha256.txt</code>, which <code>sha256sum -c</code> checks; its own digest is in the last entry.',
  'story.meetings': 'Meetings',
  'story.exports': 'Earlier exports',
  'story.export': '{id}, {at}, profile <strong>{profile}</strong>',
} as const;

export default enGB;

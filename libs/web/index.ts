// Shared pages: words, the showing of signed content, templates and the style sheet.
export { sayCertificate } from './certificate';
export type { SaidCertificate } from './certificate';
export { CHOICES_SHOWN, contentCode, keyInWords } from './wording';
export { differences, idsIn, questionIn, readContent, show, showContent } from './content';
export type { Change, NameLookup, Shown } from './content';
export { renderPage, STYLESHEET } from './pages';
export type { PageName } from './pages';
export { speaking } from './speaking';
export { ACCOUNT_STYLESHEET, renderAccountPage, wordsOf } from './account-pages';
export type { AccountPage } from './account-pages';
export { renderReport } from './results/report';
export type { Report } from './results/report';
export { findingViews, leftToPerson, notShown, tableViews } from './results/view';
export type { ResultFigure, ResultFinding, ResultTable } from './results/terms';

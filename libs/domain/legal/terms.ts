// The legal file of a boundary, its officer's advice, and incidents with their clock (B53; UK GDPR Arts 6, 9, 33, 35, 38, 39).
import type { BoundaryScope } from '../terms';
import type { Assurance, ContentId, Instant, OrganisationId, PersonId, Text } from '../words';

export const LEGAL_PARTS = [
  'CONTROLLERS',
  'LEGAL_POWER',
  'LAWFUL_BASIS',
  'SPECIAL_CATEGORY',
  'CONFIDENTIALITY',
  'OPT_OUTS',
  'IMPACT_ASSESSMENT',
  'OFFICER_ADVICE',
  'RESIDUAL_RISK',
  'SHARING_AGREEMENT',
  'PRIVACY_NOTICE',
  'RETENTION',
] as const;
export type LegalPart = (typeof LEGAL_PARTS)[number];

/** `text`: the part's words, or with NOT_APPLICABLE the reason why. */
export interface PartEntry {
  state: 'PRESENT' | 'NOT_APPLICABLE';
  text: Text;
}
/** A part that is not there is missing. */
export type LegalParts = Partial<Record<LegalPart, PartEntry>>;

export const ARTICLE_6 = [
  'CONSENT',
  'CONTRACT',
  'LEGAL_OBLIGATION',
  'VITAL_INTERESTS',
  'PUBLIC_TASK',
  'LEGITIMATE_INTERESTS',
] as const;
export type Article6 = (typeof ARTICLE_6)[number];

export const ARTICLE_9 = [
  'EXPLICIT_CONSENT',
  'EMPLOYMENT_AND_SOCIAL_PROTECTION',
  'VITAL_INTERESTS',
  'NOT_FOR_PROFIT_BODY',
  'MADE_PUBLIC',
  'LEGAL_CLAIMS',
  'SUBSTANTIAL_PUBLIC_INTEREST',
  'HEALTH_OR_SOCIAL_CARE',
  'PUBLIC_HEALTH',
  'ARCHIVING_RESEARCH_STATISTICS',
] as const;
export type Article9 = (typeof ARTICLE_9)[number];

export const RESIDUAL_RISKS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type ResidualRisk = (typeof RESIDUAL_RISKS)[number];

export const ADVICES = ['PROCEED', 'PROCEED_WITH_MEASURES', 'DO_NOT_PROCEED'] as const;
export type Advice = (typeof ADVICES)[number];

export interface LegalTerms {
  /** What the file was written for; the boundary it goes with allows exactly this. */
  scope: BoundaryScope;
  parts: LegalParts;
  article6: Article6 | null;
  article9: Article9 | null;
  residualRisk: ResidualRisk | null;
  /** Of the file's bytes, as they stand in the signed boundary. */
  digest: ContentId;
}

/** Which version of the file a boundary is signed with. */
export interface LegalReference {
  file: string;
  digest: ContentId;
}

export const INCIDENT_OUTCOMES = ['REPORTED', 'NOT_REPORTABLE'] as const;
export type IncidentOutcome = (typeof INCIDENT_OUTCOMES)[number];
export const INCIDENT_STATUSES = ['OPEN', 'OVERDUE', 'REPORTED', 'NOT_REPORTABLE'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** So many hours before the end of an incident's clock people are reminded; 0: it is over. */
export const INCIDENT_REMINDERS = [24, 0] as const;
export type IncidentReminder = (typeof INCIDENT_REMINDERS)[number];

export interface LegalEvents {
  LegalFileDrafted: { file: string } & LegalTerms;
  AdviceRecorded: {
    file: string;
    person: PersonId;
    organisation: OrganisationId;
    advice: Advice;
    text: Text;
    assurance: Assurance;
  };
  /** A risk owner goes against the advice, and says why. */
  AdviceOverridden: { file: string; person: PersonId; reason: Text; assurance: Assurance };
  IncidentRecorded: { incident: string; person: PersonId; what: Text; awareAt: Instant; due: Instant };
  /** `text`: the reference under which it was reported, or why it need not be; `delay`: why it came after 72 hours. */
  IncidentReported: {
    incident: string;
    person: PersonId;
    outcome: IncidentOutcome;
    text: Text;
    delay: Text | null;
  };
  IncidentReminded: { incident: string; hoursLeft: IncidentReminder };
}

export interface LegalCommands {
  DraftLegalFile: LegalTerms;
  RecordAdvice: { file: string; advice: Advice; text: Text; assurance: Assurance };
  OverrideAdvice: { file: string; reason: Text; assurance: Assurance };
  RecordIncident: { what: Text; awareAt: Instant };
  ReportIncident: { incident: string; outcome: IncidentOutcome; text: Text; delay: Text | null };
  /** Reminds of whatever incident is due soon or overdue; repeating it is harmless. */
  KeepIncidentTime: Record<never, never>;
}

export interface LegalFile extends LegalTerms {
  id: string;
  at: Instant;
  advice: { person: PersonId; organisation: OrganisationId; advice: Advice; text: Text; at: Instant }[];
  overrides: { person: PersonId; reason: Text; at: Instant }[];
}

export interface Incident {
  id: string;
  person: PersonId;
  what: Text;
  awareAt: Instant;
  due: Instant;
  at: Instant;
  reminders: { hoursLeft: IncidentReminder; at: Instant }[];
  reported: {
    person: PersonId;
    outcome: IncidentOutcome;
    text: Text;
    delay: Text | null;
    at: Instant;
  } | null;
}

export interface LegalState {
  legalFiles: LegalFile[];
  incidents: Incident[];
}

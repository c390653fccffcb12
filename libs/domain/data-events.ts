// What happens to data, from the deposit to a run's end. As in events.ts: what is written here stays readable for ever.
import type {
  Condition,
  ContentId,
  DepositPurpose,
  Instant,
  PersonId,
  RunOutcome,
  Text,
  Tier,
} from './words';
import type { Rationale, SignedContent } from './terms';
import type { Caveat, Intention } from './admissibility';
import type { Tested } from './hypotheses';
import type { ComputedBy, OutputFinding } from './output-check/terms';

export interface DataEvents {
  /** `request`: the data request, or the import, that the file answers. */
  DepositInvited: { deposit: string; request: string; publicKey: string };
  DepositReceived: {
    deposit: string;
    person: PersonId;
    digest: string;
    bytes: number;
    object: string;
    /** Of a file handed over by link: with the mailed code, under this typed name. */
    assurance?: 'LINK_CODE';
    signedAs?: Text;
  };
  DepositOpened: { deposit: string; purpose: DepositPurpose };
  DepositAccepted: { deposit: string; rows: number; report: ContentId };
  DepositRefused: { deposit: string; report: ContentId };
  DepositDestroyed: { deposit: string; certificate: ContentId };
  ReleaseProposed: {
    release: string;
    cycle: string;
    requestRound: number;
    wave: number;
    requests: string[];
    /** Published data in it; alone, it needs no boundary, wave or TRUST: `boundary` is empty and `wave` 0. */
    imports?: string[];
    deposits: string[];
    tier: Tier;
    purpose: string;
    methods: string[];
    readers: PersonId[];
    question: string;
    boundary: string;
    rationale: Rationale;
    expires: Instant;
  };
  ReleaseSealed: {
    release: string;
    content: SignedContent;
    digest: string;
    rows: number;
    bytes: number;
    object: string;
    /** The objections whose people are left out; absent before they were named: then every earlier one. */
    heeded?: string[];
  };
  ReleaseGivenUp: { release: string; reason: Text };
  PermitGiven: {
    release: string;
    wave: number;
    core: ContentId;
    conditions: Condition[];
    expires: Instant;
    /** The heads the gate judged by. */
    programmeVersion: number;
    projectVersion: number;
  };
  AnalysisRegistered: {
    analysis: string;
    cycle: string;
    release: string;
    method: string;
    params: Record<string, unknown>;
    hypothesis: Text;
    support: Text;
    question: string;
    boundary: string;
    /** What it said it would do with which fields; without it, whatever the release allows. */
    intention?: Intention;
    /** Counts of its result are rounded to this base, and the small ones not hidden. */
    rounding?: number;
    /** In force when it was registered; they travel with its result. */
    caveats?: Caveat[];
    /** The hypothesis it names, in its version of then. */
    tests?: Tested;
  };
  ReadOpened: { release: string; analysis: string; read: number };
  AnalysisEnded: {
    analysis: string;
    outcome: RunOutcome;
    /** The result's manifest (names, lengths, digests), the core of OUTPUT; null if nothing was produced. */
    result: SignedContent | null;
    object: string | null;
    reason: string | null;
    /** What the output check found, beyond what passed; without it, nothing is left to decide. */
    findings?: OutputFinding[];
    /** What computed the result; unknown of results from before it was recorded. */
    code?: ComputedBy;
  };
  /** By its author or the lead while it was going: nothing of it is kept. */
  AnalysisCancelled: { analysis: string; reason: Text };
  OutputWithheld: { analysis: string; reason: Text };
  ReleaseDestroyed: { release: string; certificate: ContentId };
  ResultDestroyed: { analysis: string; certificate: ContentId };
}

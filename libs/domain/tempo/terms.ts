// The tempo of a project: routine, or a shock with its cause (B47).
import type { Instant, PersonId, Text } from '../words';

export const TEMPOS = ['ROUTINE', 'SHOCK'] as const;
export type Tempo = (typeof TEMPOS)[number];

export const SHOCK_CAUSES = ['PUBLIC_OUTCRY', 'NATIONAL_POLICY_CHANGE', 'ECONOMIC_CHANGE'] as const;
export type ShockCause = (typeof SHOCK_CAUSES)[number];

export interface TempoChange {
  tempo: Tempo;
  cause: ShockCause | null;
  reason: Text;
  person: PersonId;
  at: Instant;
}

export interface TempoEvents {
  TempoSet: { tempo: Tempo; cause: ShockCause | null; reason: Text };
}

export interface TempoCommands {
  /** A shock names its cause; routine has none. */
  SetTempo: { tempo: Tempo; cause: ShockCause | null; reason: Text };
}

export interface TempoState {
  tempos: TempoChange[];
}

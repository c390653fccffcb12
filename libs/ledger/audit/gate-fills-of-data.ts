// What entries about requests, deposits, imports, releases, permits and runs change in the gate's tables.
import type { Filling } from './gate-fills';

export const FILLS_OF_DATA: Filling = {
  RequestSent(rows, { request, cycle, requestRound, holder, ask }, { stream, version }) {
    rows.insert('gate_requests', {
      ...{ project: stream, request, cycle, request_round: requestRound, holder, ask, version },
      ...{ answered_by: null, answered_at: null, outcome: null, given: null, given_expires: null },
      ...{ lapsed_at: null, withdrawn_at: null, withdrawn_mode: null },
    });
  },
  RequestAnswered(rows, { request, person, outcome, grant }, { at }) {
    const answer = {
      answered_by: person,
      answered_at: at,
      outcome,
      given: grant,
      given_expires: grant?.expires ?? null,
    };
    rows.update('gate_requests', { request, answered_at: null }, answer);
  },
  RequestLapsed: (rows, { request }, { at }) =>
    rows.update('gate_requests', { request, lapsed_at: null }, { lapsed_at: at }),
  GrantWithdrawn: (rows, { request, mode }, { at }) =>
    rows.update('gate_requests', { request, withdrawn_at: null }, { withdrawn_at: at, withdrawn_mode: mode }),

  DepositInvited(rows, { deposit, request }, { stream }) {
    const nothing = { received_at: null, accepted: null, destroyed_at: null };
    rows.insert('gate_deposits', { project: stream, deposit, request, ...nothing });
  },
  DepositReceived: (rows, { deposit }, { at }) =>
    rows.update('gate_deposits', { deposit }, { received_at: at }),
  DepositAccepted: (rows, { deposit }) =>
    rows.update('gate_deposits', { deposit, accepted: null }, { accepted: true }),
  DepositRefused: (rows, { deposit }) =>
    rows.update('gate_deposits', { deposit, accepted: null }, { accepted: false }),
  DepositDestroyed: (rows, { deposit }, { at }) =>
    rows.update('gate_deposits', { deposit }, { destroyed_at: at }),
  ObjectionRecorded(rows, { deposit, objection }, { stream, at, version }) {
    rows.insert('gate_objections', { project: stream, deposit, version, at, objection });
  },

  ImportProposed(rows, { import: id, organisation, person, expires }, { stream }) {
    rows.insert('gate_imports', { project: stream, import: id, organisation, importer: person, expires });
  },
  LegalCheckRecorded(rows, { import: id, person, outcome }, { stream, at, version }) {
    rows.insert('gate_legal_checks', { project: stream, import: id, person, outcome, at, version });
  },

  ReleaseProposed(rows, data, { stream, version }) {
    const { release, cycle, requestRound, wave, requests, deposits, tier, purpose, methods, readers } = data;
    const { question, boundary, expires, rationale, imports = [] } = data;
    rows.insert('gate_releases', {
      ...{
        project: stream,
        release,
        cycle,
        request_round: requestRound,
        wave,
        requests,
        deposits,
        tier,
        purpose,
      },
      ...{
        methods,
        readers,
        question,
        boundary,
        expires,
        cites: rationale.cites,
        version,
        sealed_core: null,
      },
      ...{ given_up_at: null, destroyed_at: null, imports, sealed_at: null, heeded: null },
    });
  },
  ReleaseSealed(rows, { release, content, heeded }, { at }) {
    rows.update('gate_releases', { release }, { sealed_core: content.core });
    for (const row of rows.where('gate_releases', { release, sealed_at: null })) {
      const deposits = row['deposits'] as unknown[];
      const heard = rows
        .of('gate_objections')
        .filter(
          ({ deposit, objection }) => deposits.includes(deposit) && heeded?.includes(String(objection)),
        );
      Object.assign(row, { sealed_at: at, heeded: heeded ? heard.map(({ objection }) => objection) : null });
    }
  },
  ReleaseGivenUp: (rows, { release }, { at }) =>
    rows.update('gate_releases', { release }, { given_up_at: at }),
  ReleaseDestroyed: (rows, { release }, { at }) =>
    rows.update('gate_releases', { release }, { destroyed_at: at }),
  PermitGiven(rows, { release, wave, core, expires, programmeVersion }, { stream, at, version }) {
    rows.insert('gate_permits', {
      ...{ project: stream, release, wave, core, expires, at, version, programme_version: programmeVersion },
    });
  },

  AnalysisRegistered(rows, data, { stream, actor }) {
    const { analysis, cycle, release, method, question, boundary } = data;
    rows.insert('gate_analyses', {
      ...{ project: stream, analysis, cycle, release, method, question, boundary },
      ...{ author: 'person' in actor ? actor.person : null, reads: 0 },
      ...{ ended_at: null, result_core: null, withheld_at: null },
    });
  },
  ReadOpened(rows, { analysis }) {
    for (const row of rows.where('gate_analyses', { analysis })) row['reads'] = Number(row['reads']) + 1;
  },
  AnalysisEnded: (rows, { analysis, result }, { at }) =>
    rows.update('gate_analyses', { analysis }, { ended_at: at, result_core: result?.core ?? null }),
  AnalysisCancelled: (rows, { analysis }, { at }) =>
    rows.update('gate_analyses', { analysis, ended_at: null }, { ended_at: at }),
  OutputWithheld: (rows, { analysis }, { at }) =>
    rows.update('gate_analyses', { analysis }, { withheld_at: at }),
};

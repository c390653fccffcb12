// The assignment of people to places, and what counts towards a quorum.
import { emptySlots, meets } from './index';
import type { QuorumRule } from './index';

const rule: QuorumRule = {
  slots: [
    { key: 'policyOfficial', roles: ['policyOfficial'], organisation: null, count: 1 },
    { key: 'researcher', roles: ['researcher'], organisation: null, count: 1 },
  ],
  people: 2,
  organisations: 2,
};

describe('a quorum', () => {
  it('T4, I7: one person who holds both roles fills one place', () => {
    const both = { person: 'p', organisation: 'o1', roles: ['policyOfficial', 'researcher'] as const };
    expect(emptySlots(rule, [both])).toHaveLength(1);
  });

  it('I7: moves a person to another place when that frees one for somebody else', () => {
    const both = { person: 'p', organisation: 'o1', roles: ['policyOfficial', 'researcher'] as const };
    const official = { person: 'q', organisation: 'o2', roles: ['policyOfficial'] as const };
    expect(meets(rule, [both, official])).toBe(true);
  });

  it('T4, I7: who fills no place counts neither as a person nor for an organisation', () => {
    const official = { person: 'p', organisation: 'o1', roles: ['policyOfficial'] as const };
    const researcher = { person: 'q', organisation: 'o1', roles: ['researcher'] as const };
    const without = { person: 'r', organisation: 'o2', roles: [] };
    expect(meets(rule, [official, researcher, without])).toBe(false);
    expect(meets(rule, [official, { ...researcher, organisation: 'o2' }])).toBe(true);
  });
});

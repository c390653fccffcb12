// T15: answers written down for people without e-mail.
export * from './terms';
export {
  asCounted,
  awaitsCountersignature,
  callersFor,
  countersigners,
  hasAddress,
  isApproval,
} from './rules';

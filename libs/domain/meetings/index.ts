// Meetings as other folders use them.
export * from './terms';
export * from './rules';
export * from './agenda';
export { nextForMeetings, PACK_WORKING_DAYS } from './timing';
export type { MeetingMove } from './timing';

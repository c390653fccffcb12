// Working days: the calendar that periods of people, meetings and packs are counted by.
export { HOLIDAYS } from './holidays';
export type { Holidays } from './working-days';
export { isCalendarDay, isTimeZone, isWorkingDay, workingDaysAfter, workingDaysBefore } from './working-days';

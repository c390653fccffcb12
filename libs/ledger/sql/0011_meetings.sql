-- Meetings (B12): what people record about them, and what the engine does when it is time.

insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array[
  'MeetingSeriesPlanned', 'MeetingSeriesEnded', 'MeetingCalled', 'MeetingMoved', 'MeetingCancelled', 'AgendaItemProposed',
  'AgendaItemWithdrawn', 'PackSummarised', 'AttendanceRecorded', 'OutcomeDrafted', 'OutcomePutUp'])
union all
select 'parley_worker', unnest(array['MeetingCalled', 'PackSent']);

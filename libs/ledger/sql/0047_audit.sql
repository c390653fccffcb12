-- The sweep that compares read models and log with the entries reads them as the courier.

grant select on parley.programme_view, parley.organisation_view, parley.person_view, parley.project_view, parley.cycle_view,
  parley.checkpoint_view, parley.request_view, parley.release_view, parley.analysis_view, parley.move_view to parley_courier;

-- New collections (B19): planned, begun, their responses reported.

insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array['CollectionPlanned', 'CollectionBegun', 'ResponsesReported']);

-- Data dictionaries of deposits, in the holder's words; published they are catalogue metadata, outside gate and waves.

insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array['DictionaryGiven', 'DictionaryPublished']);

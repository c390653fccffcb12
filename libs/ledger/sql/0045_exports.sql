-- Exports are recorded as entries of their own.

insert into parley.append_whitelist (role, type) values ('parley_api', 'ProjectExported');

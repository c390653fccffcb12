-- T11: what ends by the clock is announced before. Warnings ask for nothing and open nothing; no gate reads them.

insert into parley.append_whitelist (role, type) values ('parley_worker', 'ExpiryWarned');

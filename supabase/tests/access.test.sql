select no_plan();
select tests.stage();
select tests.outcomes('people', 'select from people', '{"10": "owner crew", "1":"stranger", "0":"suspended revoked nobody", "42501":"anon"}');
select * from finish();

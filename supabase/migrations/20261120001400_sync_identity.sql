-- Who belongs where travels to every device of the organisation; contact details only to the desk and the person.

select sync.track('organizations', 'array[r.id]');
select sync.track('people', 'array[r.organization_id]', '{}', '{user_id}');
select sync.track('person_details', 'array[sync.staff_scope(r.organization_id), r.id]');
select sync.track('memberships', 'array[r.organization_id]', '{}', '{user_id}');
select sync.track('membership_roles', 'array[r.organization_id]', '{}', '{user_id}');
select sync.track('settings', 'array[r.organization_id]');
select sync.track('invitations', 'array[sync.staff_scope(r.organization_id)]');

-- A cursor is the server's own word, but it comes back from a device: it is read before it is believed.
--
-- Three outcomes, and never an error of Postgres itself. No cursor, or one of another epoch, means nothing: everything is
-- listed, and the device sweeps because the epoch differs. One of this epoch that was never written here is refused,
-- for a device that were answered would not know what to sweep. Everything else is what it was.

create function sync.is_snapshot(said text) returns boolean language plpgsql stable set search_path = '' as $$
begin
  return coalesce(said ~ '^[0-9]{1,19}:[0-9]{1,19}:([0-9]{1,19}(,[0-9]{1,19})*)?$' and pg_input_is_valid(said, 'pg_snapshot'), false);
end $$;
comment on function sync.is_snapshot(text) is 'Whether a text is a pg_snapshot. Postgres itself takes numbers beyond all bounds for large ones.';

create function sync.is_position(place text, said json) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  uuid_form constant text := '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  ended json;
begin
  if json_typeof(said) <> 'object' or place !~ uuid_form or coalesce(said ->> 'o', '') !~ uuid_form
    or not sync.is_snapshot(coalesce(said ->> 'b', said ->> 'n'))
    or not sync.is_snapshot(coalesce(said ->> 'n', said ->> 'b'))
  then
    return false;
  end if;
  ended := said -> 'a';
  if ended is null or json_typeof(ended) = 'null' then
    return true;
  elsif json_typeof(ended) <> 'array' or json_array_length(ended) <> 3 then
    return false;
  end if;
  return coalesce(ended ->> 0, '') ~ '^[0-9]{1,19}$' and pg_input_is_valid(ended ->> 0, 'xid8')
    and coalesce(ended ->> 1, '') ~ '^[0-9]{1,5}$' and pg_input_is_valid(ended ->> 1, 'smallint')
    and coalesce(ended ->> 2, '') ~ uuid_form;
end $$;
comment on function sync.is_position(text, json) is 'Whether this is how sync_pull says where a device stands in a scope.';

create function sync.read_cursor(cursor json) returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  known constant json := case when json_typeof(cursor) = 'object' then cursor -> 's' end;
begin
  if cursor is null or json_typeof(cursor) = 'null' then
    return '{}';
  elsif json_typeof(cursor) <> 'object' or octet_length(cursor::text) > 1000000 then
    perform sync.refuse('BL400', 'malformed_cursor');
  elsif (cursor ->> 'e') is distinct from (select m.epoch from sync.meta m) then
    return '{}';
  elsif known is null or json_typeof(known) = 'null' then
    return json_build_object('e', cursor ->> 'e');
  elsif json_typeof(known) <> 'object' then
    perform sync.refuse('BL400', 'malformed_cursor');
  elsif exists (select from json_each(known) place where not sync.is_position(place.key, place.value)) then
    perform sync.refuse('BL400', 'malformed_cursor');
  end if;
  return cursor;
end $$;
comment on function sync.read_cursor(json) is
  'A cursor that may be trusted to be one: as given, or empty when it is of another epoch. BL400 malformed_cursor.';

revoke all on function sync.is_snapshot(text), sync.is_position(text, json), sync.read_cursor(json) from public;
grant execute on function sync.read_cursor(json) to authenticated;

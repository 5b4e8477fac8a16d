-- An operation too large or too deep for Postgres is as malformed as one of a wrong type, and has the same stable word.

create or replace function sync.refusal(code text, word text, detail text, constraint_name text) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  if code = 'BL409' and starts_with(detail, '{') then
    return jsonb_build_object('s', 'conflict', 'code', code, 'msg', word, 'ops', jsonb_build_array(detail::jsonb));
  end if;
  return jsonb_build_object('s', 'rejected', 'ops', '[]'::jsonb) || case
    when code ~ '^BL' then jsonb_build_object('code', code, 'msg', word)
    when code = '23514' then jsonb_build_object('code', 'BL422', 'msg', constraint_name)
    when code = '23502' then jsonb_build_object('code', 'BL422', 'msg', 'value_missing')
    when code = '23503' then jsonb_build_object('code', 'BL422', 'msg', 'unknown_or_in_use')
    when code in ('23505', '23P01') then jsonb_build_object('code', 'BL410', 'msg', 'exists')
    when code = '42501' then jsonb_build_object('code', 'BL403', 'msg', 'not_permitted')
    when code ~ '^(22|42|54)' then jsonb_build_object('code', 'BL400', 'msg', 'malformed')
    else jsonb_build_object('code', code, 'msg', word) end;
end $$;

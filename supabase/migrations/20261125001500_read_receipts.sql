-- What a device read on the photo of a receipt, beside what its owner claims for it.

alter table public.expense_receipts
  add column extracted_amount_minor bigint
    constraint expense_receipts_bad_extracted_amount check (extracted_amount_minor between 1 and 9999999999),
  add column extracted_currency char(3)
    constraint expense_receipts_bad_extracted_currency check (extracted_currency ~ '^[A-Z]{3}$'),
  add column extracted_date date
    constraint expense_receipts_bad_extracted_date check (extracted_date between '2000-01-01' and '2100-01-01'),
  add column extracted_merchant text
    constraint expense_receipts_bad_extracted_merchant check (length(extracted_merchant) between 1 and 120),
  add column extracted_confidence numeric(3, 2)
    constraint expense_receipts_bad_extracted_confidence check (extracted_confidence between 0 and 1),
  add column extracted_data jsonb
    constraint expense_receipts_bad_extracted_data check (
      jsonb_typeof(extracted_data) = 'object' and octet_length(extracted_data::text) <= 4096),
  add column processed_at timestamptz,
  add constraint expense_receipts_extracted_unprocessed check (
    processed_at is not null
    or num_nulls(extracted_amount_minor, extracted_currency, extracted_date, extracted_merchant, extracted_confidence,
      extracted_data) = 6),
  add constraint expense_receipts_extracted_sum_without_currency check (
    extracted_amount_minor is null or extracted_currency is not null);

comment on column public.expense_receipts.extracted_amount_minor is 'The total as it was read on the photo.';
comment on column public.expense_receipts.extracted_confidence is 'How sure the reading is as a whole, 0.00 to 1.00: as sure as its total.';
comment on column public.expense_receipts.extracted_data is
  'Each field with its own confidence and its place on the photo, tax included; at most 4 KB.';
comment on column public.expense_receipts.processed_at is 'When the photo was read, by the clock of the device that read it.';

-- A reading comes with its photo and is never changed: what a later version would read is not what was seen when claiming.
grant insert (extracted_amount_minor, extracted_currency, extracted_date, extracted_merchant, extracted_confidence,
  extracted_data, processed_at) on public.expense_receipts to authenticated;

-- Tracked again, so that devices learn of the new columns.
select sync.track('expense_receipts', 'array[sync.staff_scope(r.organization_id), r.person_id]', '{}', '{expense_id}');

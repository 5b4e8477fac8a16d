// Written by `npm run gen` from the migrations. Do not edit: change the migration and run it again.

export type Role =
  | 'owner'
  | 'admin'
  | 'manager'
  | 'finance_director'
  | 'accountant'
  | 'booking'
  | 'artist'
  | 'crew'
  | 'venue_manager'
  | 'promoter'
  | 'staff'
  | 'external';

export type Permission =
  | 'audit:read'
  | 'categories:write'
  | 'desk:read'
  | 'expenses:approve'
  | 'expenses:approve_high'
  | 'expenses:pay'
  | 'expenses:read'
  | 'integrations:read'
  | 'integrations:retry'
  | 'integrations:write'
  | 'organization:write'
  | 'people:read_details'
  | 'people:write'
  | 'schedule:read'
  | 'schedule:write'
  | 'settings:write';

/** What happened to a record of this person, by whom. No actor: the system did it. */
export interface ActivityRow {
  id: string;
  organization_id: string;
  person_id: string;
  entity_type: string;
  entity_id: string;
  action: string;
  actor_person_id: string | null;
  actor_name: string | null;
  detail: unknown;
  at: string;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** Somebody lends their approvals to a colleague, from one day to another in the organisation's zone. What is borrowed cannot be lent on. */
export interface ApprovalDelegationRow {
  id: string;
  organization_id: string;
  lender_id: string;
  borrower_id: string;
  starts_on: string;
  ends_on: string;
  reason: string;
  ended_at: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type ApprovalLimitRole = 'manager' | 'finance_director' | 'accountant' | 'booking';

/** The most a role or a person may approve, in the organisation's currency. A person's own limit comes before those of their roles; owners and admins have none by role. */
export interface ApprovalLimitRow {
  id: string;
  organization_id: string;
  role: ApprovalLimitRole | null;
  person_id: string | null;
  max_minor: number;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** Claims over an amount (in the organisation's currency; 0 is every claim) of a category, or of any, need these levels. A category's own rule comes before one for any category, then the highest amount. */
export interface ApprovalRuleRow {
  id: string;
  organization_id: string;
  category_id: string | null;
  over_minor: number;
  levels: string[];
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** An account that expenses can post to, as the books last said. Written by the errand that reads them. */
export interface BooksAccountRow {
  id: string;
  organization_id: string;
  code: string;
  name: string;
  tax_name: string | null;
  active: boolean;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** A secret address at which calendars read what one person may see: their own days, one tour, or one room. Revoking is deleting. */
export interface CalendarFeedRow {
  id: string;
  organization_id: string;
  person_id: string;
  tour_id: string | null;
  room_id: string | null;
  secret_hash: string;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type DeliveryState = 'queued' | 'sending' | 'retrying' | 'sent' | 'failed';

/** Where a thing of ours is on its way to a provider. Written by the queue alone. */
export interface DeliveryRow {
  id: string;
  organization_id: string;
  provider: string;
  subject_table: string;
  subject_id: string;
  person_id: string | null;
  reader: string | null;
  state: DeliveryState;
  tries: number;
  next_try_at: string | null;
  error_code: string | null;
  sent_at: string | null;
  external_id: string | null;
  external_url: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type ExpenseApprovalStatus = 'waiting' | 'approved' | 'rejected' | 'skipped';

/** One level of a claim's approval: who is wanted (see private.is_chain), who decided, and for whom when the approval was borrowed. */
export interface ExpenseApprovalRow {
  id: string;
  organization_id: string;
  person_id: string;
  expense_id: string;
  level: number;
  wanted: string;
  status: ExpenseApprovalStatus;
  decided_by: string | null;
  for_person_id: string | null;
  decided_at: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type ExpenseBillState = 'queued' | 'synced' | 'error' | 'voiding' | 'void';

/** One bill in the books for one approval of a claim. `objection` is why it is not as it should be; `said` are the books' own words. */
export interface ExpenseBillRow {
  id: string;
  organization_id: string;
  person_id: string;
  expense_id: string;
  round: number;
  state: ExpenseBillState;
  remote_id: string | null;
  objection: string | null;
  said: string | null;
  refusals: number;
  synced_at: string | null;
  paid_on: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** A kind of expense. Above its limit a claim needs the higher approval. */
export interface ExpenseCategoryRow {
  id: string;
  organization_id: string;
  name: string;
  code: string;
  icon: string;
  xero_account_code: string | null;
  gl_code: string | null;
  requires_receipt: boolean;
  requires_approval: boolean;
  max_amount_minor: number | null;
  currency: string | null;
  active: boolean;
  position: number;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type ExpenseReceiptMimeType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic' | 'application/pdf';

/** One photo or document of a claim. uploaded_at is empty while the file is still on the device. */
export interface ExpenseReceiptRow {
  id: string;
  organization_id: string;
  expense_id: string;
  person_id: string;
  path: string;
  thumbnail_path: string | null;
  byte_size: number;
  mime_type: ExpenseReceiptMimeType;
  original_name: string | null;
  width: number | null;
  height: number | null;
  sha256: string | null;
  position: number;
  uploaded_at: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
  extracted_amount_minor: number | null;
  extracted_currency: string | null;
  extracted_date: string | null;
  extracted_merchant: string | null;
  extracted_confidence: number | null;
  extracted_data: unknown | null;
  processed_at: string | null;
}

export type ExpenseStatus = 'draft' | 'submitted' | 'approved' | 'rejected' | 'paid' | 'cancelled' | 'archived';

/** A claim: money a person laid out. The person edits it while it is a draft or rejected; only commands move it on. */
export interface ExpenseRow {
  id: string;
  organization_id: string;
  person_id: string;
  show_id: string | null;
  category_id: string | null;
  amount_minor: number | null;
  currency: string;
  expense_date: string;
  merchant: string | null;
  description: string | null;
  status: ExpenseStatus;
  payment_method: string | null;
  notes: string | null;
  tags: string[];
  submitted_at: string | null;
  decided_at: string | null;
  decided_by: string | null;
  rejection_reason: string | null;
  paid_at: string | null;
  over_limit: boolean;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
  waits_for_level: number | null;
}

/** One stay of a tour in one hotel. The same day in and out is a day room. */
export interface HotelRow {
  id: string;
  organization_id: string;
  tour_id: string | null;
  name: string;
  address: string | null;
  phone: string | null;
  check_in: string;
  check_out: string;
  time_zone: string;
  notes: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type IntegrationStatus = 'disconnected' | 'connected' | 'paused' | 'needs_attention';

/** An organisation at a provider, as people see it. Written by the engine room and by commands. */
export interface IntegrationRow {
  id: string;
  organization_id: string;
  provider: string;
  status: IntegrationStatus;
  account_name: string | null;
  sandbox: boolean;
  connected_at: string | null;
  connected_by: string | null;
  succeeded_at: string | null;
  error_code: string | null;
  error_at: string | null;
  next_try_at: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** An offer of membership to an e-mail address, possibly to become a person already on the books. */
export interface InvitationRow {
  id: string;
  organization_id: string;
  person_id: string | null;
  email: string;
  roles: string[];
  message: string | null;
  expires_at: string;
  sent_at: string | null;
  accepted_at: string | null;
  declined_at: string | null;
  revoked_at: string | null;
  invited_by: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** One role of one member; a member may hold several. */
export interface MembershipRoleRow {
  id: string;
  organization_id: string;
  membership_id: string;
  user_id: string;
  role: Role;
  granted_by: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type MembershipStatus = 'active' | 'suspended' | 'ended';

/** A login's place in an organisation. Only an active one opens any door. */
export interface MembershipRow {
  id: string;
  organization_id: string;
  person_id: string;
  user_id: string;
  status: MembershipStatus;
  joined_at: string;
  ended_at: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type OrganizationKind = 'artist' | 'agency' | 'label' | 'venue';

export type OrganizationSubscriptionTier = 'artist' | 'professional' | 'enterprise';

/** A tenant: an artist's company, an agency, a label or a venue. */
export interface OrganizationRow {
  id: string;
  organization_id: string;
  name: string;
  slug: string;
  kind: OrganizationKind;
  locale: string;
  currency: string;
  time_zone: string;
  branding: unknown;
  subscription_tier: OrganizationSubscriptionTier;
  subscription_expires_at: string | null;
  storage_used_bytes: number;
  storage_limit_bytes: number;
  expense_limit_minor: number;
  archived_at: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** A human known to one organisation: artist, crew, staff. The login, if any, is linked by invitation. */
export interface PersonRow {
  id: string;
  organization_id: string;
  user_id: string | null;
  display_name: string;
  first_name: string | null;
  last_name: string | null;
  title: string | null;
  time_zone: string | null;
  archived_at: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** What only the person and those who look after people may see. Same id as the person. */
export interface PersonDetailsRow {
  id: string;
  organization_id: string;
  email: string | null;
  phone: string | null;
  locale: string | null;
  currency: string | null;
  birth_date: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** Somebody to call: the promoter's rep of a tour, the stage door of a venue. */
export interface RoadContactRow {
  id: string;
  organization_id: string;
  tour_id: string | null;
  venue_id: string | null;
  name: string;
  role: string | null;
  phone: string | null;
  email: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type RoomingKind = 'single' | 'double' | 'twin' | 'suite' | 'bunk' | 'day_room';

/** Who sleeps in which room; the same room twice means that they share it. */
export interface RoomingRow {
  id: string;
  organization_id: string;
  hotel_id: string;
  person_id: string;
  room: string | null;
  kind: RoomingKind;
  confirmation: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type ScheduleItemCertainty = 'exact' | 'approx' | 'tbd' | 'hidden';

export type ScheduleItemCrew = 'artist' | 'band' | 'crew' | 'production' | 'guest';

export type ScheduleItemKind =
  | 'rehearsal'
  | 'performance'
  | 'meeting'
  | 'travel'
  | 'call_time'
  | 'load_in'
  | 'line_check'
  | 'soundcheck'
  | 'doors'
  | 'support'
  | 'set'
  | 'changeover'
  | 'curfew'
  | 'load_out'
  | 'strike'
  | 'lobby_call'
  | 'bus_call'
  | 'meal'
  | 'press'
  | 'meet_and_greet'
  | 'day_off'
  | 'other';

export type ScheduleItemVisibility = 'everyone' | 'group' | 'people';

/** A timed line in a day. Local date, wall time and zone are the truth; starts_at and ends_at follow from them. */
export interface ScheduleItemRow {
  id: string;
  organization_id: string;
  tour_id: string | null;
  show_id: string | null;
  tour_day_id: string | null;
  parent_id: string | null;
  kind: ScheduleItemKind;
  title: string;
  local_date: string;
  wall_start: string | null;
  wall_end: string | null;
  day_offset: number;
  end_offset: number;
  time_zone: string;
  certainty: ScheduleItemCertainty;
  starts_at: string | null;
  ends_at: string | null;
  venue_id: string | null;
  room_id: string | null;
  place: string | null;
  visibility: ScheduleItemVisibility;
  crew: ScheduleItemCrew | null;
  notes: string | null;
  requires_acknowledgment: boolean;
  acknowledge_by: string | null;
  recurrence: string | null;
  exceptions: string[];
  accepted_conflicts: unknown;
  cancelled_at: string | null;
  revision: number;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type SchedulePersonStatus = 'invited' | 'confirmed' | 'declined' | 'tentative' | 'no_response';

/** Who is called to a line of the day, and what they answered. seen: time and place as last acknowledged. */
export interface SchedulePersonRow {
  id: string;
  organization_id: string;
  item_id: string;
  person_id: string;
  role: string | null;
  status: SchedulePersonStatus;
  note: string | null;
  acknowledged_at: string | null;
  seen: unknown | null;
  checked_in_at: string | null;
  checked_out_at: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** One choice of one organisation, such as the per-claim limit or the week's first day. Never a secret. */
export interface SettingRow {
  id: string;
  organization_id: string;
  category: string;
  key: string;
  value: unknown;
  description: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** One line of an imported file: the show it speaks of, what was made for it, and what it changed (field: [before, after]). */
export interface ShowSourceRow {
  id: string;
  organization_id: string;
  import_id: string;
  show_id: string;
  file_name: string;
  line: number;
  external_id: string | null;
  made: string[];
  changes: unknown | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type ShowStatus =
  'hold' | 'option' | 'confirmed' | 'advanced' | 'played' | 'settled' | 'cancelled' | 'postponed';

/** One performance engagement. The date is local to the venue: a load-out at 01:30 belongs to the day before. */
export interface ShowRow {
  id: string;
  organization_id: string;
  tour_id: string | null;
  venue_id: string | null;
  title: string;
  show_date: string;
  time_zone: string;
  status: ShowStatus;
  notes: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type TourDayKind = 'show' | 'travel' | 'off' | 'dark';

/** A day of a tour and what kind it is; dark means no performance. */
export interface TourDayRow {
  id: string;
  organization_id: string;
  tour_id: string;
  day: string;
  kind: TourDayKind;
  city: string | null;
  time_zone: string;
  notes: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type TourPersonCrew = 'artist' | 'band' | 'crew' | 'production' | 'guest';

/** Who is on a tour, and as what: "drums", "tour manager", "driver". */
export interface TourPersonRow {
  id: string;
  organization_id: string;
  tour_id: string;
  person_id: string;
  part: string;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
  crew: TourPersonCrew;
}

export type TourStatus = 'planned' | 'confirmed' | 'on_road' | 'finished' | 'cancelled';

/** A run of shows under one name, with one home currency. */
export interface TourRow {
  id: string;
  organization_id: string;
  name: string;
  starts_on: string | null;
  ends_on: string | null;
  currency: string;
  status: TourStatus;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type TravelLegMode = 'flight' | 'train' | 'bus' | 'drive' | 'ferry';

/** One leg of a journey. Each end has a local date, wall time and zone of its own. */
export interface TravelLegRow {
  id: string;
  organization_id: string;
  tour_id: string | null;
  mode: TravelLegMode;
  carrier: string | null;
  number: string | null;
  from_place: string;
  from_date: string;
  from_wall: string | null;
  from_zone: string;
  to_place: string;
  to_date: string;
  to_wall: string | null;
  to_zone: string;
  departs_at: string | null;
  arrives_at: string | null;
  confirmation: string | null;
  notes: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** Who is on a leg, in which seat, under which confirmation, and who drives. */
export interface TravelPersonRow {
  id: string;
  organization_id: string;
  leg_id: string;
  person_id: string;
  seat: string | null;
  confirmation: string | null;
  drives: boolean;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

export type VenueRoomKind = 'stage' | 'dressing' | 'production' | 'catering' | 'dock' | 'other';

/** A room of a venue that a call can be in: stage, dressing room, loading dock. */
export interface VenueRoomRow {
  id: string;
  organization_id: string;
  venue_id: string;
  name: string;
  kind: VenueRoomKind;
  notes: string | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
}

/** A place with a stage, as one organisation knows it. */
export interface VenueRow {
  id: string;
  organization_id: string;
  name: string;
  city: string;
  region: string | null;
  country: string;
  time_zone: string;
  capacity: number | null;
  created_at: string;
  updated_at: string;
  created_by: string | null;
  updated_by: string | null;
  row_version: number;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  phone: string | null;
  tech_pack: unknown;
}

/** The row type of every table that devices hold. */
export interface RowsByTable {
  activity: ActivityRow;
  approval_delegations: ApprovalDelegationRow;
  approval_limits: ApprovalLimitRow;
  approval_rules: ApprovalRuleRow;
  books_accounts: BooksAccountRow;
  calendar_feeds: CalendarFeedRow;
  deliveries: DeliveryRow;
  expense_approvals: ExpenseApprovalRow;
  expense_bills: ExpenseBillRow;
  expense_categories: ExpenseCategoryRow;
  expense_receipts: ExpenseReceiptRow;
  expenses: ExpenseRow;
  hotels: HotelRow;
  integrations: IntegrationRow;
  invitations: InvitationRow;
  membership_roles: MembershipRoleRow;
  memberships: MembershipRow;
  organizations: OrganizationRow;
  people: PersonRow;
  person_details: PersonDetailsRow;
  road_contacts: RoadContactRow;
  rooming: RoomingRow;
  schedule_items: ScheduleItemRow;
  schedule_people: SchedulePersonRow;
  settings: SettingRow;
  show_sources: ShowSourceRow;
  shows: ShowRow;
  tour_days: TourDayRow;
  tour_people: TourPersonRow;
  tours: TourRow;
  travel_legs: TravelLegRow;
  travel_people: TravelPersonRow;
  venue_rooms: VenueRoomRow;
  venues: VenueRow;
}

export type TableName = keyof RowsByTable;

/** What sync must know of a table; columns in the order in which the server sends them. */
export interface TableInfo {
  readonly columns: readonly string[];
  /** Columns a person may give when inserting; the server fills in the others. */
  readonly insertable: readonly string[];
  /** Columns a person may change. */
  readonly writable: readonly string[];
  /** Columns that win or lose a conflict together. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Columns that are indexed on the device. */
  readonly indexes: readonly string[];
  /** Columns whose values rest encrypted on the device. */
  readonly sealed: readonly string[];
}

export const tables: Readonly<Record<TableName, TableInfo>> = {
  activity: {
    columns: [
      'id',
      'organization_id',
      'person_id',
      'entity_type',
      'entity_id',
      'action',
      'actor_person_id',
      'actor_name',
      'detail',
      'at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [],
    writable: [],
    groups: {},
    indexes: ['entity_id', 'at'],
    sealed: [],
  },
  approval_delegations: {
    columns: [
      'id',
      'organization_id',
      'lender_id',
      'borrower_id',
      'starts_on',
      'ends_on',
      'reason',
      'ended_at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'lender_id', 'borrower_id', 'starts_on', 'ends_on', 'reason'],
    writable: ['ends_on', 'ended_at'],
    groups: {},
    indexes: [],
    sealed: [],
  },
  approval_limits: {
    columns: [
      'id',
      'organization_id',
      'role',
      'person_id',
      'max_minor',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'role', 'person_id', 'max_minor'],
    writable: ['max_minor'],
    groups: {},
    indexes: [],
    sealed: [],
  },
  approval_rules: {
    columns: [
      'id',
      'organization_id',
      'category_id',
      'over_minor',
      'levels',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'category_id', 'over_minor', 'levels'],
    writable: ['category_id', 'over_minor', 'levels'],
    groups: {},
    indexes: [],
    sealed: [],
  },
  books_accounts: {
    columns: [
      'id',
      'organization_id',
      'code',
      'name',
      'tax_name',
      'active',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [],
    writable: [],
    groups: {},
    indexes: [],
    sealed: [],
  },
  calendar_feeds: {
    columns: [
      'id',
      'organization_id',
      'person_id',
      'tour_id',
      'room_id',
      'secret_hash',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'person_id', 'tour_id', 'room_id', 'secret_hash'],
    writable: ['secret_hash'],
    groups: {},
    indexes: ['person_id'],
    sealed: [],
  },
  deliveries: {
    columns: [
      'id',
      'organization_id',
      'provider',
      'subject_table',
      'subject_id',
      'person_id',
      'reader',
      'state',
      'tries',
      'next_try_at',
      'error_code',
      'sent_at',
      'external_id',
      'external_url',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [],
    writable: [],
    groups: {},
    indexes: ['subject_id', 'state'],
    sealed: [],
  },
  expense_approvals: {
    columns: [
      'id',
      'organization_id',
      'person_id',
      'expense_id',
      'level',
      'wanted',
      'status',
      'decided_by',
      'for_person_id',
      'decided_at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [],
    writable: [],
    groups: {},
    indexes: ['expense_id'],
    sealed: [],
  },
  expense_bills: {
    columns: [
      'id',
      'organization_id',
      'person_id',
      'expense_id',
      'round',
      'state',
      'remote_id',
      'objection',
      'said',
      'refusals',
      'synced_at',
      'paid_on',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [],
    writable: [],
    groups: {},
    indexes: ['expense_id', 'state'],
    sealed: [],
  },
  expense_categories: {
    columns: [
      'id',
      'organization_id',
      'name',
      'code',
      'icon',
      'xero_account_code',
      'gl_code',
      'requires_receipt',
      'requires_approval',
      'max_amount_minor',
      'currency',
      'active',
      'position',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [
      'id',
      'organization_id',
      'name',
      'code',
      'icon',
      'xero_account_code',
      'gl_code',
      'requires_receipt',
      'requires_approval',
      'max_amount_minor',
      'currency',
      'active',
      'position',
    ],
    writable: [
      'name',
      'code',
      'icon',
      'xero_account_code',
      'gl_code',
      'requires_receipt',
      'requires_approval',
      'max_amount_minor',
      'currency',
      'active',
      'position',
    ],
    groups: { limit: ['max_amount_minor', 'currency'] },
    indexes: [],
    sealed: [],
  },
  expense_receipts: {
    columns: [
      'id',
      'organization_id',
      'expense_id',
      'person_id',
      'path',
      'thumbnail_path',
      'byte_size',
      'mime_type',
      'original_name',
      'width',
      'height',
      'sha256',
      'position',
      'uploaded_at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
      'extracted_amount_minor',
      'extracted_currency',
      'extracted_date',
      'extracted_merchant',
      'extracted_confidence',
      'extracted_data',
      'processed_at',
    ],
    insertable: [
      'id',
      'organization_id',
      'expense_id',
      'person_id',
      'path',
      'thumbnail_path',
      'byte_size',
      'mime_type',
      'original_name',
      'width',
      'height',
      'sha256',
      'position',
      'extracted_amount_minor',
      'extracted_currency',
      'extracted_date',
      'extracted_merchant',
      'extracted_confidence',
      'extracted_data',
      'processed_at',
    ],
    writable: [],
    groups: {},
    indexes: ['expense_id'],
    sealed: [],
  },
  expenses: {
    columns: [
      'id',
      'organization_id',
      'person_id',
      'show_id',
      'category_id',
      'amount_minor',
      'currency',
      'expense_date',
      'merchant',
      'description',
      'status',
      'payment_method',
      'notes',
      'tags',
      'submitted_at',
      'decided_at',
      'decided_by',
      'rejection_reason',
      'paid_at',
      'over_limit',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
      'waits_for_level',
    ],
    insertable: [
      'id',
      'organization_id',
      'person_id',
      'show_id',
      'category_id',
      'amount_minor',
      'currency',
      'expense_date',
      'merchant',
      'description',
      'payment_method',
      'notes',
      'tags',
    ],
    writable: [
      'show_id',
      'category_id',
      'amount_minor',
      'currency',
      'expense_date',
      'merchant',
      'description',
      'payment_method',
      'notes',
      'tags',
    ],
    groups: { money: ['amount_minor', 'currency'] },
    indexes: ['person_id', 'status', 'expense_date'],
    sealed: [],
  },
  hotels: {
    columns: [
      'id',
      'organization_id',
      'tour_id',
      'name',
      'address',
      'phone',
      'check_in',
      'check_out',
      'time_zone',
      'notes',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [
      'id',
      'organization_id',
      'tour_id',
      'name',
      'address',
      'phone',
      'check_in',
      'check_out',
      'time_zone',
      'notes',
    ],
    writable: ['tour_id', 'name', 'address', 'phone', 'check_in', 'check_out', 'time_zone', 'notes'],
    groups: {},
    indexes: ['check_in', 'tour_id'],
    sealed: [],
  },
  integrations: {
    columns: [
      'id',
      'organization_id',
      'provider',
      'status',
      'account_name',
      'sandbox',
      'connected_at',
      'connected_by',
      'succeeded_at',
      'error_code',
      'error_at',
      'next_try_at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [],
    writable: [],
    groups: {},
    indexes: [],
    sealed: [],
  },
  invitations: {
    columns: [
      'id',
      'organization_id',
      'person_id',
      'email',
      'roles',
      'message',
      'expires_at',
      'sent_at',
      'accepted_at',
      'declined_at',
      'revoked_at',
      'invited_by',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'person_id', 'email', 'roles', 'message'],
    writable: ['message', 'revoked_at'],
    groups: {},
    indexes: [],
    sealed: [],
  },
  membership_roles: {
    columns: [
      'id',
      'organization_id',
      'membership_id',
      'user_id',
      'role',
      'granted_by',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'membership_id', 'user_id', 'role'],
    writable: [],
    groups: {},
    indexes: ['user_id'],
    sealed: [],
  },
  memberships: {
    columns: [
      'id',
      'organization_id',
      'person_id',
      'user_id',
      'status',
      'joined_at',
      'ended_at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [],
    writable: ['status'],
    groups: {},
    indexes: ['user_id'],
    sealed: [],
  },
  organizations: {
    columns: [
      'id',
      'organization_id',
      'name',
      'slug',
      'kind',
      'locale',
      'currency',
      'time_zone',
      'branding',
      'subscription_tier',
      'subscription_expires_at',
      'storage_used_bytes',
      'storage_limit_bytes',
      'expense_limit_minor',
      'archived_at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [],
    writable: ['name', 'kind', 'locale', 'currency', 'time_zone', 'branding', 'expense_limit_minor', 'archived_at'],
    groups: { limit: ['expense_limit_minor', 'currency'] },
    indexes: [],
    sealed: [],
  },
  people: {
    columns: [
      'id',
      'organization_id',
      'user_id',
      'display_name',
      'first_name',
      'last_name',
      'title',
      'time_zone',
      'archived_at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'display_name', 'first_name', 'last_name', 'title', 'time_zone'],
    writable: ['display_name', 'first_name', 'last_name', 'title', 'time_zone', 'archived_at'],
    groups: {},
    indexes: ['user_id'],
    sealed: [],
  },
  person_details: {
    columns: [
      'id',
      'organization_id',
      'email',
      'phone',
      'locale',
      'currency',
      'birth_date',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'email', 'phone', 'locale', 'currency', 'birth_date'],
    writable: ['email', 'phone', 'locale', 'currency', 'birth_date'],
    groups: {},
    indexes: [],
    sealed: ['email', 'phone', 'birth_date'],
  },
  road_contacts: {
    columns: [
      'id',
      'organization_id',
      'tour_id',
      'venue_id',
      'name',
      'role',
      'phone',
      'email',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'tour_id', 'venue_id', 'name', 'role', 'phone', 'email'],
    writable: ['name', 'role', 'phone', 'email'],
    groups: {},
    indexes: ['venue_id', 'tour_id'],
    sealed: [],
  },
  rooming: {
    columns: [
      'id',
      'organization_id',
      'hotel_id',
      'person_id',
      'room',
      'kind',
      'confirmation',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'hotel_id', 'person_id', 'room', 'kind', 'confirmation'],
    writable: ['room', 'kind', 'confirmation'],
    groups: {},
    indexes: ['hotel_id', 'person_id'],
    sealed: [],
  },
  schedule_items: {
    columns: [
      'id',
      'organization_id',
      'tour_id',
      'show_id',
      'tour_day_id',
      'parent_id',
      'kind',
      'title',
      'local_date',
      'wall_start',
      'wall_end',
      'day_offset',
      'end_offset',
      'time_zone',
      'certainty',
      'starts_at',
      'ends_at',
      'venue_id',
      'room_id',
      'place',
      'visibility',
      'crew',
      'notes',
      'requires_acknowledgment',
      'acknowledge_by',
      'recurrence',
      'exceptions',
      'accepted_conflicts',
      'cancelled_at',
      'revision',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [
      'id',
      'organization_id',
      'show_id',
      'tour_day_id',
      'parent_id',
      'kind',
      'title',
      'local_date',
      'wall_start',
      'wall_end',
      'day_offset',
      'end_offset',
      'time_zone',
      'certainty',
      'venue_id',
      'room_id',
      'place',
      'visibility',
      'crew',
      'notes',
      'requires_acknowledgment',
      'acknowledge_by',
      'recurrence',
      'exceptions',
      'accepted_conflicts',
    ],
    writable: [
      'show_id',
      'tour_day_id',
      'kind',
      'title',
      'local_date',
      'wall_start',
      'wall_end',
      'day_offset',
      'end_offset',
      'time_zone',
      'certainty',
      'venue_id',
      'room_id',
      'place',
      'visibility',
      'crew',
      'notes',
      'requires_acknowledgment',
      'acknowledge_by',
      'recurrence',
      'exceptions',
      'accepted_conflicts',
      'cancelled_at',
    ],
    groups: { when: ['local_date', 'wall_start', 'day_offset', 'time_zone'], until: ['wall_end', 'end_offset'] },
    indexes: ['local_date', 'show_id', 'tour_id', 'tour_day_id'],
    sealed: [],
  },
  schedule_people: {
    columns: [
      'id',
      'organization_id',
      'item_id',
      'person_id',
      'role',
      'status',
      'note',
      'acknowledged_at',
      'seen',
      'checked_in_at',
      'checked_out_at',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'item_id', 'person_id', 'role'],
    writable: ['role'],
    groups: {},
    indexes: ['item_id', 'person_id'],
    sealed: [],
  },
  settings: {
    columns: [
      'id',
      'organization_id',
      'category',
      'key',
      'value',
      'description',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'category', 'key', 'value', 'description'],
    writable: ['value', 'description'],
    groups: {},
    indexes: [],
    sealed: [],
  },
  show_sources: {
    columns: [
      'id',
      'organization_id',
      'import_id',
      'show_id',
      'file_name',
      'line',
      'external_id',
      'made',
      'changes',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [
      'id',
      'organization_id',
      'import_id',
      'show_id',
      'file_name',
      'line',
      'external_id',
      'made',
      'changes',
    ],
    writable: [],
    groups: {},
    indexes: ['import_id', 'show_id'],
    sealed: [],
  },
  shows: {
    columns: [
      'id',
      'organization_id',
      'tour_id',
      'venue_id',
      'title',
      'show_date',
      'time_zone',
      'status',
      'notes',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'tour_id', 'venue_id', 'title', 'show_date', 'time_zone', 'status', 'notes'],
    writable: ['tour_id', 'venue_id', 'title', 'show_date', 'time_zone', 'status', 'notes'],
    groups: {},
    indexes: ['tour_id', 'show_date'],
    sealed: [],
  },
  tour_days: {
    columns: [
      'id',
      'organization_id',
      'tour_id',
      'day',
      'kind',
      'city',
      'time_zone',
      'notes',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'tour_id', 'day', 'kind', 'city', 'time_zone', 'notes'],
    writable: ['kind', 'city', 'time_zone', 'notes'],
    groups: {},
    indexes: ['tour_id', 'day'],
    sealed: [],
  },
  tour_people: {
    columns: [
      'id',
      'organization_id',
      'tour_id',
      'person_id',
      'part',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
      'crew',
    ],
    insertable: ['id', 'organization_id', 'tour_id', 'person_id', 'part', 'crew'],
    writable: ['part', 'crew'],
    groups: {},
    indexes: ['tour_id', 'person_id'],
    sealed: [],
  },
  tours: {
    columns: [
      'id',
      'organization_id',
      'name',
      'starts_on',
      'ends_on',
      'currency',
      'status',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'name', 'starts_on', 'ends_on', 'currency', 'status'],
    writable: ['name', 'starts_on', 'ends_on', 'currency', 'status'],
    groups: {},
    indexes: [],
    sealed: [],
  },
  travel_legs: {
    columns: [
      'id',
      'organization_id',
      'tour_id',
      'mode',
      'carrier',
      'number',
      'from_place',
      'from_date',
      'from_wall',
      'from_zone',
      'to_place',
      'to_date',
      'to_wall',
      'to_zone',
      'departs_at',
      'arrives_at',
      'confirmation',
      'notes',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: [
      'id',
      'organization_id',
      'tour_id',
      'mode',
      'carrier',
      'number',
      'from_place',
      'from_date',
      'from_wall',
      'from_zone',
      'to_place',
      'to_date',
      'to_wall',
      'to_zone',
      'confirmation',
      'notes',
    ],
    writable: [
      'tour_id',
      'mode',
      'carrier',
      'number',
      'from_place',
      'from_date',
      'from_wall',
      'from_zone',
      'to_place',
      'to_date',
      'to_wall',
      'to_zone',
      'confirmation',
      'notes',
    ],
    groups: { arrival: ['to_date', 'to_wall', 'to_zone'], departure: ['from_date', 'from_wall', 'from_zone'] },
    indexes: ['from_date', 'tour_id'],
    sealed: [],
  },
  travel_people: {
    columns: [
      'id',
      'organization_id',
      'leg_id',
      'person_id',
      'seat',
      'confirmation',
      'drives',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'leg_id', 'person_id', 'seat', 'confirmation', 'drives'],
    writable: ['seat', 'confirmation', 'drives'],
    groups: {},
    indexes: ['leg_id', 'person_id'],
    sealed: [],
  },
  venue_rooms: {
    columns: [
      'id',
      'organization_id',
      'venue_id',
      'name',
      'kind',
      'notes',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
    ],
    insertable: ['id', 'organization_id', 'venue_id', 'name', 'kind', 'notes'],
    writable: ['name', 'kind', 'notes'],
    groups: {},
    indexes: ['venue_id'],
    sealed: [],
  },
  venues: {
    columns: [
      'id',
      'organization_id',
      'name',
      'city',
      'region',
      'country',
      'time_zone',
      'capacity',
      'created_at',
      'updated_at',
      'created_by',
      'updated_by',
      'row_version',
      'address',
      'latitude',
      'longitude',
      'phone',
      'tech_pack',
    ],
    insertable: [
      'id',
      'organization_id',
      'name',
      'city',
      'region',
      'country',
      'time_zone',
      'capacity',
      'address',
      'latitude',
      'longitude',
      'phone',
      'tech_pack',
    ],
    writable: [
      'name',
      'city',
      'region',
      'country',
      'time_zone',
      'capacity',
      'address',
      'latitude',
      'longitude',
      'phone',
      'tech_pack',
    ],
    groups: {},
    indexes: [],
    sealed: [],
  },
};

/** What each role may do, for showing and hiding; the database decides again. */
export const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [
    'audit:read',
    'categories:write',
    'desk:read',
    'expenses:approve',
    'expenses:approve_high',
    'expenses:pay',
    'expenses:read',
    'integrations:read',
    'integrations:retry',
    'integrations:write',
    'organization:write',
    'people:read_details',
    'people:write',
    'schedule:read',
    'schedule:write',
    'settings:write',
  ],
  admin: [
    'audit:read',
    'categories:write',
    'desk:read',
    'expenses:approve',
    'expenses:approve_high',
    'expenses:pay',
    'expenses:read',
    'integrations:read',
    'integrations:retry',
    'integrations:write',
    'organization:write',
    'people:read_details',
    'people:write',
    'schedule:read',
    'schedule:write',
    'settings:write',
  ],
  manager: [
    'desk:read',
    'expenses:read',
    'integrations:read',
    'people:read_details',
    'schedule:read',
    'schedule:write',
  ],
  finance_director: [
    'audit:read',
    'desk:read',
    'expenses:approve',
    'expenses:approve_high',
    'expenses:pay',
    'expenses:read',
    'integrations:read',
    'integrations:retry',
    'people:read_details',
    'schedule:read',
  ],
  accountant: [
    'categories:write',
    'desk:read',
    'expenses:approve',
    'expenses:pay',
    'expenses:read',
    'integrations:read',
    'integrations:retry',
    'schedule:read',
  ],
  booking: ['desk:read', 'expenses:read', 'integrations:read', 'schedule:read', 'schedule:write'],
  artist: [],
  crew: [],
  venue_manager: ['desk:read', 'schedule:read'],
  promoter: ['desk:read', 'schedule:read'],
  staff: ['desk:read', 'schedule:read'],
  external: [],
};

// The parts of Xero's answers that are read here, as XeroAPI/Xero-OpenAPI v16.1.0 describes them.

/** Something Xero objects to. */
export interface ValidationError {
  readonly Message?: string;
}

export interface Account {
  readonly Code?: string;
  readonly Name?: string;
  readonly Status?: string;
  readonly TaxType?: string;
}

export interface TaxRate {
  readonly TaxType?: string;
  readonly Name?: string;
}

export interface TrackingCategory {
  readonly TrackingCategoryID?: string;
  readonly Name?: string;
  readonly Options?: readonly {
    readonly TrackingOptionID?: string;
    readonly Name?: string;
    readonly Status?: string;
  }[];
}

export interface Contact {
  readonly ContactID?: string;
  readonly ContactNumber?: string;
  readonly Name?: string;
}

export interface Invoice {
  readonly InvoiceID?: string;
  readonly Type?: string;
  readonly InvoiceNumber?: string;
  readonly Status?: string;
  readonly CurrencyCode?: string;
  readonly Total?: number;
  readonly AmountPaid?: number;
  readonly AmountCredited?: number;
  readonly FullyPaidOnDate?: string;
  readonly StatusAttributeString?: string;
  readonly ValidationErrors?: readonly ValidationError[];
}

export interface Attachment {
  readonly FileName?: string;
}

/** An organisation that somebody let us into. */
export interface Connection {
  readonly id: string;
  readonly tenantId: string;
  readonly tenantType: string;
  readonly tenantName: string;
  readonly updatedDateUtc: string;
}

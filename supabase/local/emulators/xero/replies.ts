/** A reply in JSON, as Xero sends it. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });

/** What Xero says when something in a document is wrong. */
export const validationFailed = (messages: readonly string[], element: object = {}): Response =>
  json(400, {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: 'A validation exception occurred',
    Elements: [{ ...element, ValidationErrors: messages.map((Message) => ({ Message })) }],
  });

/** What Xero says of a call it cannot read. */
export const badRequest = (Message: string, Type = 'PostDataInvalidException', ErrorNumber = 14): Response =>
  json(400, { ErrorNumber, Type, Message });

/** What Xero's gateway says, which is shaped otherwise than what the books say. */
export const problem = (
  Status: number,
  Title: string,
  Detail: string,
  headers: Record<string, string> = {},
): Response =>
  json(Status, { Type: null, Title, Status, Detail, Instance: crypto.randomUUID(), Extensions: {} }, headers);

/** A day as Xero writes it in JSON. */
export const msDate = (day: string): string => `/Date(${Date.parse(`${day}T00:00:00Z`)}+0000)/`;
export const msInstant = (at: number): string => `/Date(${at}+0000)/`;

/** A new random row id: UUID version 4 (RFC 9562 section 5.4), made on the device so that offline rows have their final id. */
export const newId = (): string => crypto.randomUUID();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a UUID in canonical lower case. */
export const isId = (text: string): boolean => UUID.test(text);

import { randomUUID } from 'node:crypto';
import type { Books, Contact, Sent } from './state.ts';

/** The contact that a document names, made when it names a new one; or what is wrong with it. */
export function contactFor(books: Books, sent: Sent | undefined): Contact | { errors: string[] } {
  const known = find(books, sent ?? {});
  if (known)
    return known.ContactStatus === 'ACTIVE' ? known : { errors: ['The Contact has been archived and cannot be used'] };
  return sent?.['ContactID'] ? { errors: ['The Contact could not be found'] } : writeContact(books, sent ?? {});
}

/** Makes or changes a contact, or says in Xero's words why not. */
export function writeContact(books: Books, sent: Sent): Contact | { errors: string[] } {
  const { ContactID, ...fields } = sent as Partial<Contact>;
  const before = find(books, ContactID ? { ContactID } : sent);
  if (ContactID && !before) return { errors: ['The Contact could not be found'] };
  const name = fields.Name?.trim() ?? before?.Name ?? '';
  if (name === '') return { errors: ['The contact name cannot be empty'] };
  const twin = books.contacts.find((other) => other !== before && sameName(other.Name, name));
  if (twin)
    return {
      errors: [
        `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`,
      ],
    };
  if (before) return Object.assign(before, fields, { Name: name });
  const made: Contact = { ContactID: randomUUID(), ContactStatus: 'ACTIVE', ...fields, Name: name };
  books.contacts.push(made);
  return made;
}

function find({ contacts }: Books, { ContactID, ContactNumber, Name }: Sent): Contact | undefined {
  if (ContactID) return contacts.find((one) => one.ContactID === ContactID);
  const byNumber = ContactNumber ? contacts.find((one) => one.ContactNumber === ContactNumber) : undefined;
  return byNumber ?? contacts.find((one) => !ContactNumber && typeof Name === 'string' && sameName(one.Name, Name));
}

const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

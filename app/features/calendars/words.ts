import { defineWords } from '../../kernel/words.ts';

/** The sentences about calendar addresses. */
export const words = defineWords('calendars', {
  lead: 'Subscribe to your days in Apple, Google or Outlook calendar. Whoever has an address can read it, so share it with nobody.',
  mine: 'My days',
  make: 'Make an address',
  make_of: (name: string) => `Make an address for ${name}`,
  made: 'The address works as soon as this device has had signal.',
  address_of: (name: string) => `Address of ${name}`,
  copy: 'Copy',
  copied: 'Copied. Paste it where your calendar asks for an address (URL).',
  not_copied: 'It could not be copied. Mark the address and copy it yourself.',
  subscribe: 'Subscribe',
  elsewhere: 'There is an address, made on another device. It is shown there only.',
  renew: 'New address',
  renew_heading: 'Make a new address?',
  renew_text: 'The old one stops working. Calendars that use it have to subscribe again.',
  remove: 'Take it away',
  remove_heading: 'Take this address away?',
  remove_text: 'Calendars that use it show nothing new from then on.',
  more: (n: number) => `Show ${n} more`,
});

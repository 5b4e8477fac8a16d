import './money-field.ts';

/** What other rooms need to let somebody correct a field of a claim: the money field and how its text is read. */
export { numberLocale } from './claim-session.ts';
export { paymentMethods, paymentWord } from './choices.ts';
export { typedAmount } from './forms.ts';
export { readAmount, type Problem } from './rules.ts';

import type { CodePurpose } from '../../platform/auth-port.ts';

/** Where a person is on their way in. */
export type Step =
  | { readonly name: 'enter' }
  | { readonly name: 'create' }
  | { readonly name: 'forgot'; readonly purpose: 'recovery' | 'sign_in' }
  | { readonly name: 'code'; readonly purpose: CodePurpose }
  | { readonly name: 'choose_password' }
  | { readonly name: 'link' };

/** A step asks for another one, with what is known so far. */
export class StepEvent extends Event {
  static readonly type = 'sign-in-step';
  readonly step: Step;
  readonly email: string;
  readonly trusted: boolean | undefined;

  constructor(step: Step, email: string, trusted?: boolean) {
    super(StepEvent.type, { bubbles: true, composed: true });
    this.step = step;
    this.email = email;
    this.trusted = trusted;
  }
}

/** The person is in: the page finishes (trust, register the device) and the gate opens by itself. */
export class EnteredEvent extends Event {
  static readonly type = 'sign-in-entered';
  readonly trusted: boolean | undefined;
  /** Where a link in a mail wants to lead. */
  readonly path: string;

  constructor(trusted?: boolean, path = '/') {
    super(EnteredEvent.type, { bubbles: true, composed: true });
    this.trusted = trusted;
    this.path = path;
  }
}

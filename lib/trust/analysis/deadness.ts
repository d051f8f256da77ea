/**
 * Why a rule never accepts a token of the issuer:
 * - `contradiction` denials, or rules on one address, leave nothing · `unreadable` the pattern cannot be read
 * - `not-sent` the issuer has no such claim · `other-issuer` another issuer sends this claim or subject
 * - `wrong-type` the claim is no text, or no list of texts · `literal-wildcard` `*` is compared as a character
 * - `regular-expression` written in another language of patterns · `wrong-case` · `wrong-ref` how a branch or tag is written
 * - `list` several values in one text · `incomplete` the claim goes on behind the value · `blank` blanks at the ends · `misspelt` · `unknown-value` none of these
 */
export type DeadCause =
  | 'contradiction'
  | 'unreadable'
  | 'not-sent'
  | 'other-issuer'
  | 'wrong-type'
  | 'literal-wildcard'
  | 'regular-expression'
  | 'wrong-case'
  | 'wrong-ref'
  | 'list'
  | 'incomplete'
  | 'blank'
  | 'misspelt'
  | 'unknown-value'

export type Dead = {
  dead: true
  why: DeadCause
  /** A sentence for the owner of the trust. */
  message: string
  /** A value, or for `not-sent` a claim address, in place of what the rule has. The issuer sends such a one. */
  didYouMean?: string
}

/** `path`: the claim address of the rule that is dead, or of one that contradicts others. */
export type DeadTrust = Dead & { path: string }

/** `needs`: of the forms in which the issuer writes a subject, the rule accepts only one that an administrator has to set up there. */
export type Deadness = Dead | { dead: false; needs?: 'composed-subject' } | 'unknown'

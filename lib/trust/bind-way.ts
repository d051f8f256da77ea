/**
 * How the value of a claim in a token becomes a rule: as is usual for the claim, in addition to the accepted values, instead of
 * them, as a pattern with its last part left open, or as a rule that the claim is present.
 */
export type BindWay = 'usual' | 'add' | 'replace' | 'pattern' | 'exists'

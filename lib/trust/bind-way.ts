/**
 * How the value of a claim in a token becomes a rule: as usual for the claim, beside the values that are accepted, in their place, with
 * its last part left open, or only that the claim is there.
 */
export type BindWay = 'usual' | 'add' | 'replace' | 'pattern' | 'exists'

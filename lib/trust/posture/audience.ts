import { claimMatches } from '../matchers'
import { parse } from '../presets/template'
import { type BoundClaim, boundTo, type Reading } from './reading'

/** Address of the claim with the audience of a token: `aud` at most issuers. */
export const audienceClaimOf = ({ preset }: Reading): string => preset?.audience.claim ?? 'aud'

/** The rules without which a token for another service would be accepted. */
export const audienceRules = (reading: Reading): BoundClaim[] =>
  boundTo(reading, audienceClaimOf(reading)).filter(({ isRequired }) => isRequired)

/** Audiences that tokens for other services have, exactly. */
const services = [
  'sts.amazonaws.com',
  'api://AzureADTokenExchange',
  'api://AzureADTokenExchangeUSGov',
  'api://AzureADTokenExchangeChina',
  'fb60f99c-7a34-4190-8149-302f77469936',
  'https://gitlab.com',
  'pypi',
  'testpypi',
  'npm:registry.npmjs.org',
  'sigstore',
  'vault',
  'account',
  'api://default',
  'octo-sts.dev',
  'https://octo-sts.dev',
] as const

/** Audiences that differ by customer, with an example each. */
const families: readonly { pattern: RegExp; example: string }[] = [
  { pattern: /^https:\/\/github\.com\/[^/]+\/?$/, example: 'https://github.com/evil-corp' },
  { pattern: /^(?:https?:)?\/\/iam\.googleapis\.com\//, example: 'https://iam.googleapis.com/projects/1/x' },
  { pattern: /^npm:/, example: 'npm:registry.acme.dev' },
  { pattern: /^https:\/\/kubernetes\.default(?:\.svc.*)?$/, example: 'https://kubernetes.default.svc.cluster.local' },
]

/** Whether tokens of many customers are made for this audience, which another service accepts. */
export const isForeignAudience = (audience: string): boolean =>
  services.some((name) => name === audience) || families.some(({ pattern }) => pattern.test(audience))

/** An audience of another service that rules accept, or null. */
export function foreignExample(rules: readonly BoundClaim[]): string | null {
  const examples = [...services, ...families.map(({ example }) => example)]
  return examples.find((audience) => rules.every(({ rule }) => claimMatches(rule.matcher, audience))) ?? null
}

/** Whether the issuer sends an audience that a job cannot choose, so that an audience of our own is impossible. */
export function isFixedAudience({ preset }: Reading, audience: string): boolean {
  if (!preset || preset.audience.isChosen || preset.audience.usual === undefined) return false
  return parse(preset.audience.usual, audience, preset.facts) !== null
}

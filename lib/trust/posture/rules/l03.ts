import { isNegated } from '../../matchers/glob'
import { letsEverythingIn } from '../../matchers/glob-any'
import { admissionOf, branchPins, isLimited, isUnknownFor, pins, type RuleAdmission, tooMuch } from '../admission'
import { bindIdentity } from '../bind'
import type { Fix, Found, Path } from '../finding'
import { fixOf, withValue } from '../fix'
import { identityFactsOf } from '../identity'
import { admitsAllByDesign } from '../issuer'
import type { BoundClaim, BoundValue, Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l03 = definePostureRule({
  id: 'L03',
  severity: 'critical',
  title: 'A wildcard admits other owners',
  why: 'A pattern whose fixed part ends before the owner, organization or trust domain is complete fits the tokens of strangers. One such value is enough, however exact the others are. A list of denials alone admits all that it does not name.',
  opens: 'The identity, to every owner whose name fits.',
  remedy: 'Write the owner out, up to the separator behind it, or bind ids.',
  sources: [
    'picomatch: `!admin` matches everything else',
    'octo-sts requires "/" in a pattern',
    'checkov reads the first value of a list only, so that ["repo:o/r:*", "*"] passes there (@03d5fda)',
  ],
  needs: [],
  find(reading) {
    const admission = admissionOf(reading)
    const { preset } = reading
    if (admission.isDead || admitsAllByDesign(reading)) return []
    if (preset === null) return reading.bound.flatMap((bound) => wideByLook(bound, reading))
    const { tenantOrId, tenant } = identityFactsOf(preset)
    if (pins(admission, tenantOrId, isLimited)) return []
    const wide = admission.rules.flatMap((rule) => wideValues(rule, tenant, tenantOrId, reading))
    return wide.length === 0 && isUnknownFor(admission, tenantOrId) ? tooMuch : wide
  },
})

/** Values that leave the tenant open, of a rule whose form names it. */
function wideValues(
  rule: RuleAdmission,
  tenant: ReadonlySet<string>,
  enough: ReadonlySet<string>,
  reading: Reading,
): Found[] {
  const wide = rule.branches.filter(
    (branch) =>
      !branch.isExact &&
      !branchPins(branch, enough, isLimited) &&
      Object.keys(branch.facts).some((name) => tenant.has(name)),
  )
  const paths = new Set<string>()
  return wide.flatMap(({ path, text, facts, example }) => {
    if (paths.has(path.join())) return []
    paths.add(path.join())
    const open = Object.entries(facts).find(([name, reach]) => tenant.has(name) && 'open' in reach)?.[1]
    const witness = open && 'open' in open ? open.open : example
    return [found(rule.bound, path, text, witness, reading)]
  })
}

function found(bound: BoundClaim, path: Path, text: string, witness: string | null, reading: Reading): Found {
  const isDenial = path.length === bound.path.length
  const message = isDenial
    ? `${JSON.stringify(text)} says only who may not log in as ${bound.rule.path}.`
    : `${JSON.stringify(text)} does not write out whose ${bound.rule.path} is meant.`
  return {
    path,
    message,
    ...(witness === null ? {} : { witness }),
    fix: removal(bound, path, reading) ?? bindIdentity(reading),
  }
}

/** Removes the value, where others remain. */
function removal(bound: BoundClaim, path: Path, reading: Reading): Fix | undefined {
  const at = path[4]
  if (typeof at !== 'number' || bound.allowed.length < 2) return undefined
  return fixOf(reading, 'Remove this value', withValue(bound.at, at, null))
}

/** Names of what comes before an owner in the subjects of known platforms. */
const labels =
  /^(?:repo|organization|organisation|org|owner|project_path|account|spiffe|arn:aws[\w-]*(?::[a-z]*)?|system:serviceaccount|space|workspace|p|sc|project|role)$/

/** Without a preset: patterns that admit everything, and those whose only fixed part is the name of what an owner follows. */
function wideByLook(bound: BoundClaim, reading: Reading): Found[] {
  const { rule, allowed, denied, isRequired } = bound
  if (rule.path !== 'sub' || !isRequired || isLimitedElsewhere(bound, reading)) return []
  if (allowed.length === 0 && denied[0]) return [found(bound, bound.path, denied[0].text, null, reading)]
  return allowed
    .filter(({ kind, text }) => kind === 'pattern' && (letsEverythingIn([text]) || endsBeforeOwner(text)))
    .map(({ path, text }: BoundValue) => found(bound, path, text, null, reading))
}

function endsBeforeOwner(text: string): boolean {
  const fixed = /^[^*?[{\\]*/.exec(text)?.[0] ?? ''
  // What comes before a separator may be anything, and so may the owner: `*:main`, `[!x]*`.
  if (/^(?:[*?]|\[[!^])/.test(text)) return true
  const [, label = '', rest = ''] = /^((?:[a-z_-]+:)*?[a-z_-]*):+(?:\/\/)?([^/:@|]*)$/i.exec(fixed) ?? []
  return labels.test(label) && !/[/:@|]/.test(rest)
}

/** Another rule names the caller letter for letter. */
const isLimitedElsewhere = (bound: BoundClaim, { bound: all }: Reading) =>
  all.some(
    (other) =>
      other.at !== bound.at &&
      !['aud', 'iss'].includes(other.rule.path) &&
      other.isRequired &&
      other.allowed.length > 0 &&
      other.allowed.every(({ kind, text }) => kind === 'exact' && !isNegated(text)),
  )

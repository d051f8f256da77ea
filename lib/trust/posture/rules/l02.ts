import { type Admission, admissionOf, isLimited, isUnknownFor, pins } from '../admission'
import { bindIdentity } from '../bind'
import type { Found } from '../finding'
import { identityFactsOf } from '../identity'
import { isSharedIssuer } from '../issuer'
import { bindsPinnedSet } from '../pinned-set'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'
import { strangerOf } from '../stranger'

export const l02 = definePostureRule({
  id: 'L02',
  severity: 'critical',
  blocksEnabling: true,
  title: 'Every customer of the platform may log in',
  why: 'All customers of this platform share one issuer, and each chooses names and audiences freely. Only a rule on the owner, organization or group, or on an id that no two customers share, keeps the others out.',
  opens: 'The identity, to any customer of the platform, after a minute of set-up.',
  remedy: 'Bind the id of the organization or of the repository, or a subject whose owner is written out.',
  sources: [
    'HCP Terraform: “any organization … will be able to access”',
    'Buildkite requires organization_id or organization_slug',
    'AWS refuses such a role for more than 30 shared issuers',
  ],
  needs: ['preset'],
  find(reading) {
    const { preset } = reading
    if (!isSharedIssuer(reading)) return []
    const admission = admissionOf(reading)
    const { tenantOrId } = identityFactsOf(preset)
    if (admission.isDead || bindsPinnedSet(reading) || pins(admission, tenantOrId, isLimited)) return []
    if (isUnknownFor(admission, tenantOrId)) return unread(reading, admission)
    const open = admission.rules.flatMap(({ branches }) => branches).find(({ isExact }) => !isExact)
    const witness = open?.example ?? strangerOf(preset)
    return [
      {
        path: open?.path ?? ['rules'],
        message: `${preset.title} makes tokens with this issuer for all its customers, and no rule says which of them is meant.`,
        ...(witness === null ? {} : { witness }),
        fix: bindIdentity(reading),
      },
    ]
  },
})

/** Values that are too many or too costly to read are found as if they let anyone in: else a long list could hide one that does. */
function unread(reading: Reading, { rules }: Admission): Found[] {
  const path = rules.flatMap(({ unknown }) => unknown).at(-1)?.path ?? ['rules']
  const message =
    'Reading these values asks for too much work, so nothing shows that they leave other customers out. Give fewer or shorter patterns, or bind an id beside them.'
  return [{ path, message, fix: bindIdentity(reading) }]
}

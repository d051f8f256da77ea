import type { DecisionSummary } from '@/lib/services/decision/list-decisions'

/** https://schema.ocsf.io/1.3.0/classes/authentication */
const authentication = { class_uid: 3002, class_name: 'Authentication', category_uid: 3 } as const
const logon = { activity_id: 1, activity_name: 'Logon', type_uid: 300_201 } as const

/** What is logged in to: the class asks for `service` or `dst_endpoint`. */
const service = { name: 'Keybound' }

/** A decision as an event of the Open Cybersecurity Schema Framework 1.3, class Authentication. */
export function toOcsf(row: DecisionSummary) {
  const { accepted, ip } = row
  return {
    ...authentication,
    ...{ category_name: 'Identity & Access Management', ...logon, type_name: 'Authentication: Logon' },
    ...(accepted ? { severity_id: 1, severity: 'Informational' } : { severity_id: 2, severity: 'Low' }),
    ...(accepted ? { status_id: 1, status: 'Success' } : { status_id: 2, status: 'Failure' }),
    time: row.at.getTime(),
    ...(row.lastAt ? { start_time: row.at.getTime(), end_time: row.lastAt.getTime() } : {}),
    count: (row.repeats ?? 0) + 1,
    message: row.message,
    ...(row.reason ? { status_code: row.reason, status_detail: row.checkId ?? row.reason } : {}),
    auth_protocol_id: 99,
    auth_protocol: row.method,
    is_remote: true,
    service,
    user: { ...userOf(row), ...(row.organizationId ? { org: { uid: row.organizationId } } : {}) },
    ...(ip ? { src_endpoint: { ip } } : {}),
    ...(row.userAgent ? { http_request: { user_agent: row.userAgent } } : {}),
    ...(row.accessTokenId ? { session: { uid: row.accessTokenId, issuer: row.issuer ?? undefined } } : {}),
    metadata: {
      version: '1.3.0',
      uid: row.id,
      product: { name: 'Keybound', vendor_name: 'Keybound' },
    },
    unmapped: {
      ...{ issuer: row.issuer, subject: row.subject, trust_id: row.trustId, trust_version: row.trustVersion },
      token_sha256: row.tokenSha256,
    },
  }
}

/** Whose login it was: the identity, else who the token says it is of. An object `user` must have a name or uid. */
function userOf({ identityId, identityName, subject }: DecisionSummary) {
  if (identityId) {
    return { type_id: 3, type: 'System', uid: identityId, ...(identityName ? { name: identityName } : {}) }
  }
  const name = identityName ?? subject
  return { type_id: 0, type: 'Unknown', name: name === null || name === '' ? 'Unknown' : name }
}

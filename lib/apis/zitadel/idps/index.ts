import { defineApi } from '../../api'
import { zitadelEnvelope } from '../envelope'
import { loginPolicyOperations } from '../login-policy/operations'
import { fromProtoJson } from '../protojson'
import { legacyOperations } from './legacy-operations'
import { templateOperations } from './template-operations'
import type { Scope } from './wire'

const idps = (scope: Scope, title: string, description: string) =>
  defineApi({
    name: `zitadel-${scope}-idps`,
    title,
    description,
    envelope: zitadelEnvelope,
    prefixes: [`/${scope}`],
    normalise: fromProtoJson,
    operations: { ...legacyOperations(scope), ...templateOperations(scope), ...loginPolicyOperations(scope) },
  })

export const zitadelAdminIdps = idps(
  'admin',
  'JWT providers (installation)',
  "ZITADEL's JWT identity providers at the installation's level: people sign in with a JWT that a gateway adds.",
)

export const zitadelManagementIdps = idps(
  'management',
  'JWT providers (organization)',
  "The same at an organization's level, which also sees the installation's providers.",
)

import { defineApi } from '../api'
import { accountOperations } from './account/operations'
import { auditOperations } from './audit/operations'
import { decisionOperations } from './decisions/operations'
import { adminEnvelope } from './envelope'
import { identityOperations } from './identities/operations'
import { keySourceOperations } from './key-sources/operations'
import { keyOperations } from './keys/operations'
import { memberOperations } from './members/operations'
import { organizationOperations } from './organization/operations'
import { overviewOperations } from './overview/operations'
import { retentionOperations } from './retention/operations'
import { sessionOperations } from './session/operations'
import { signInOperations } from './sign-in/operations'
import { tokenOperations } from './tokens/operations'
import { trustOperations } from './trusts/operations'

export const admin = defineApi({
  name: 'admin',
  title: 'Keybound',
  description: "Our own API, in the domain's words. Its client is the dashboard.",
  envelope: adminEnvelope,
  prefixes: ['/api', '/.well-known', '/oauth'],
  operations: {
    ...sessionOperations,
    ...accountOperations,
    ...signInOperations,
    ...organizationOperations,
    ...overviewOperations,
    ...identityOperations,
    ...trustOperations,
    ...keyOperations,
    ...keySourceOperations,
    ...tokenOperations,
    ...decisionOperations,
    ...auditOperations,
    ...memberOperations,
    ...retentionOperations,
  },
})

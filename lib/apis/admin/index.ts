import { defineApi } from '../api'
import { accountOperations } from './account/operations'
import { auditOperations } from './audit/operations'
import { auditLogOperations } from './audit-log/operations'
import { decisionOperations } from './decisions/operations'
import { decoyTokenOperations } from './decoy-tokens/operations'
import { adminEnvelope } from './envelope'
import { exportOperations } from './exports/operations'
import { packOperations } from './exports/pack-operations'
import { reviewExportOperations } from './exports/review-operations'
import { freezeOperations } from './frozen-trusts/operations'
import { identityOperations } from './identities/operations'
import { incidentOperations } from './incidents/operations'
import { keySourceOperations } from './key-sources/operations'
import { keyOperations } from './keys/operations'
import { memberOperations } from './members/operations'
import { organizationOperations } from './organization/operations'
import { overviewOperations } from './overview/operations'
import { peopleAccessOperations } from './people-access/operations'
import { analysisOperations } from './posture/analysis-operations'
import { migrationOperations } from './posture/migration-operations'
import { muteOperations } from './posture/mute-operations'
import { postureOperations } from './posture/posture-operations'
import { retentionOperations } from './retention/operations'
import { reviewOperations } from './reviews/operations'
import { sessionOperations } from './session/operations'
import { signInOperations } from './sign-in/operations'
import { streamOperations } from './streams/operations'
import { tailOperations } from './streams/tail-operations'
import { tokenInboxOperations } from './token-inboxes/operations'
import { tokenOperations } from './tokens/operations'
import { trustOperations } from './trusts/operations'

export const admin = defineApi({
  name: 'admin',
  title: 'Keybound',
  description: "Keybound's own API, in the vocabulary of the domain model. Its client is the dashboard.",
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
    ...freezeOperations,
    ...postureOperations,
    ...analysisOperations,
    ...migrationOperations,
    ...muteOperations,
    ...tokenInboxOperations,
    ...keyOperations,
    ...keySourceOperations,
    ...tokenOperations,
    ...decoyTokenOperations,
    ...decisionOperations,
    ...incidentOperations,
    ...auditOperations,
    ...auditLogOperations,
    ...exportOperations,
    ...packOperations,
    ...reviewOperations,
    ...reviewExportOperations,
    ...streamOperations,
    ...tailOperations,
    ...memberOperations,
    ...peopleAccessOperations,
    ...retentionOperations,
  },
})

import { defineApi } from '../../api'
import { infisicalEnvelope } from '../envelope'
import { operations } from './operations'

export const infisicalTokenAuth = defineApi({
  name: 'infisical-token-auth',
  title: 'Token Auth',
  description: 'Access tokens handed to an identity without a login, for automation.',
  envelope: infisicalEnvelope,
  pathIdsInBody: true,
  operations,
})

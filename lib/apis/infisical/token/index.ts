import { defineApi } from '../../api'
import { infisicalEnvelope } from '../envelope'
import { operations } from './operations'

export const infisicalToken = defineApi({
  name: 'infisical-token',
  title: 'Access tokens',
  description: 'Access tokens: renew and revoke.',
  envelope: infisicalEnvelope,
  pathIdsInBody: true,
  operations,
})

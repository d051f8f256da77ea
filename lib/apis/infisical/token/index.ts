import { defineApi } from '../../api'
import { infisicalEnvelope } from '../envelope'
import { operations } from './operations'

export const infisicalToken = defineApi({
  name: 'infisical-token',
  title: 'Access tokens',
  description: 'What a login buys: renew it, revoke it.',
  envelope: infisicalEnvelope,
  pathIdsInBody: true,
  operations,
})

import { defineApi } from '../../api'
import { infisicalEnvelope } from '../envelope'
import { operations } from './operations'

export const infisicalAdmin = defineApi({
  name: 'infisical-admin',
  title: 'Bootstrap',
  description: 'The first step of an installation, for scripts.',
  envelope: infisicalEnvelope,
  pathIdsInBody: true,
  operations,
})

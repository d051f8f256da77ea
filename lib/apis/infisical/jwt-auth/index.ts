import { defineApi } from '../../api'
import { infisicalEnvelope } from '../envelope'
import { operations } from './operations'

export const infisicalJwtAuth = defineApi({
  name: 'infisical-jwt-auth',
  title: 'JWT Auth',
  description: "Infisical's JWT Auth: machines log in with a JWT signed by keys you name.",
  envelope: infisicalEnvelope,
  operations,
})

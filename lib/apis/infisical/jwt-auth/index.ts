import { defineApi } from '../../api'
import { infisicalEnvelope } from '../envelope'
import { operations } from './operations'

export const infisicalJwtAuth = defineApi({
  name: 'infisical-jwt-auth',
  title: 'JWT Auth',
  description: "Infisical's JWT Auth: machines log in with a JWT signed by keys you name.",
  envelope: infisicalEnvelope,
  // All of Infisical's versions, because its clients read only its error bodies.
  prefixes: ['/api/v1', '/api/v2', '/api/v3', '/api/v4'],
  pathIdsInBody: true,
  operations,
})

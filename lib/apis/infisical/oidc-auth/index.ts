import { defineApi } from '../../api'
import { infisicalEnvelope } from '../envelope'
import { operations } from './operations'

export const infisicalOidcAuth = defineApi({
  name: 'infisical-oidc-auth',
  title: 'OIDC Auth',
  description: "Infisical's OIDC Auth: machines log in with an ID token of an OpenID provider found by discovery.",
  envelope: infisicalEnvelope,
  pathIdsInBody: true,
  operations,
})

import { defineApi } from '../../api'
import { infisicalEnvelope } from '../envelope'
import { operations } from './operations'

export const infisicalIdentities = defineApi({
  name: 'infisical-identities',
  title: 'Identities',
  description: "Infisical's machine identities.",
  envelope: infisicalEnvelope,
  pathIdsInBody: true,
  operations,
})

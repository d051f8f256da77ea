import { defineApi } from '../../api'
import { zitadelEnvelope } from '../envelope'
import { fromProtoJson } from '../protojson'
import { operations } from './operations'

export const zitadelIntents = defineApi({
  name: 'zitadel-intents',
  title: 'Sign-in for other applications',
  description: "ZITADEL's identity provider intents: another application signs people in through our providers.",
  envelope: zitadelEnvelope,
  prefixes: ['/v2'],
  normalise: fromProtoJson,
  operations,
})

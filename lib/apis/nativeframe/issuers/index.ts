import { defineApi } from '../../api'
import { nativeframeEnvelope } from '../envelope'
import { operations } from './operations'

export const nativeframeIssuers = defineApi({
  name: 'nativeframe-issuers',
  title: 'Issuers',
  description:
    "NativeFrame's issuers: who may sign tokens, with keys from a URL and keys supplied, and which audiences, roles and permissions they may name.",
  envelope: nativeframeEnvelope,
  prefixes: ['/auth'],
  operations,
})

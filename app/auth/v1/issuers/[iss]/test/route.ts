import { nativeframeIssuers } from '@/lib/apis/nativeframe/issuers'
import { route } from '@/lib/server/route'

export const POST = route(nativeframeIssuers, 'test')

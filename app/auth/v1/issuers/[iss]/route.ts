import { nativeframeIssuers } from '@/lib/apis/nativeframe/issuers'
import { route } from '@/lib/server/route'

export const GET = route(nativeframeIssuers, 'get')
export const PUT = route(nativeframeIssuers, 'replace')
export const DELETE = route(nativeframeIssuers, 'remove')

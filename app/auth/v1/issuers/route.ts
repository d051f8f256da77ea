import { nativeframeIssuers } from '@/lib/apis/nativeframe/issuers'
import { route } from '@/lib/server/route'

export const GET = route(nativeframeIssuers, 'list')
export const POST = route(nativeframeIssuers, 'create')

import { nativeframeIssuers } from '@/lib/apis/nativeframe/issuers'
import { nowhere } from '@/lib/server/route'

export const GET = nowhere(nativeframeIssuers)
export const POST = GET
export const PUT = GET
export const PATCH = GET
export const DELETE = GET

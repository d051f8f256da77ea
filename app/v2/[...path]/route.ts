import { zitadelIntents } from '@/lib/apis/zitadel/intents'
import { nowhere } from '@/lib/server/route'

export const GET = nowhere(zitadelIntents)
export const POST = GET
export const PUT = GET
export const PATCH = GET
export const DELETE = GET

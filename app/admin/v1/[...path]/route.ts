import { zitadelAdminIdps } from '@/lib/apis/zitadel/idps'
import { nowhere } from '@/lib/server/route'

export const GET = nowhere(zitadelAdminIdps)
export const POST = GET
export const PUT = GET
export const PATCH = GET
export const DELETE = GET

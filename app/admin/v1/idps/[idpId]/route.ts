import { zitadelAdminIdps } from '@/lib/apis/zitadel/idps'
import { route } from '@/lib/server/route'

export const GET = route(zitadelAdminIdps, 'getIDPByID')
export const PUT = route(zitadelAdminIdps, 'updateIDP')
export const DELETE = route(zitadelAdminIdps, 'removeIDP')

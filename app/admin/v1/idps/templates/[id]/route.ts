import { zitadelAdminIdps } from '@/lib/apis/zitadel/idps'
import { route } from '@/lib/server/route'

export const GET = route(zitadelAdminIdps, 'getProviderByID')
export const DELETE = route(zitadelAdminIdps, 'deleteProvider')

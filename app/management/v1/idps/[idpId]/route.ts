import { zitadelManagementIdps } from '@/lib/apis/zitadel/idps'
import { route } from '@/lib/server/route'

export const GET = route(zitadelManagementIdps, 'getIDPByID')
export const PUT = route(zitadelManagementIdps, 'updateIDP')
export const DELETE = route(zitadelManagementIdps, 'removeIDP')

import { zitadelManagementIdps } from '@/lib/apis/zitadel/idps'
import { route } from '@/lib/server/route'

export const GET = route(zitadelManagementIdps, 'getProviderByID')
export const DELETE = route(zitadelManagementIdps, 'deleteProvider')

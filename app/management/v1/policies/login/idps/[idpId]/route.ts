import { zitadelManagementIdps } from '@/lib/apis/zitadel/idps'
import { route } from '@/lib/server/route'

export const DELETE = route(zitadelManagementIdps, 'removeIDPFromLoginPolicy')

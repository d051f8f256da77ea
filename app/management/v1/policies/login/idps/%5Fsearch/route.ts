import { zitadelManagementIdps } from '@/lib/apis/zitadel/idps'
import { route } from '@/lib/server/route'

export const POST = route(zitadelManagementIdps, 'listLoginPolicyIDPs')

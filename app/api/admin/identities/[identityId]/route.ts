import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const GET = route(admin, 'getIdentity')
export const PATCH = route(admin, 'updateIdentity')
export const DELETE = route(admin, 'removeIdentity')

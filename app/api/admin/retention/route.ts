import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const GET = route(admin, 'getRetention')
export const PATCH = route(admin, 'setRetention')

import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const DELETE = route(admin, 'revokeToken')

import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const PATCH = route(admin, 'changeMemberRole')
export const DELETE = route(admin, 'removeMember')

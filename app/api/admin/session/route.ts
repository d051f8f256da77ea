import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const GET = route(admin, 'session')
export const POST = route(admin, 'signIn')
export const DELETE = route(admin, 'signOut')

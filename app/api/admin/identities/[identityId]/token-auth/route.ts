import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const POST = route(admin, 'attachTokenAuth')
export const GET = route(admin, 'getTokenAuth')
export const DELETE = route(admin, 'removeTokenAuth')

import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const GET = route(admin, 'getTrust')
export const PUT = route(admin, 'replaceTrust')
export const DELETE = route(admin, 'removeTrust')

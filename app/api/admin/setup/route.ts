import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const GET = route(admin, 'setupState')
export const POST = route(admin, 'setUp')

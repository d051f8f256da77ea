import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const GET = route(admin, 'getIdentityTrust')
export const POST = route(admin, 'attachIdentityTrust')
export const PUT = route(admin, 'replaceIdentityTrust')
export const DELETE = route(admin, 'removeIdentityTrust')

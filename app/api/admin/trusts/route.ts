import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const GET = route(admin, 'listTrusts')
export const POST = route(admin, 'createTrust')

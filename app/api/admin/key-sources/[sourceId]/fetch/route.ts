import { admin } from '@/lib/apis/admin'
import { route } from '@/lib/server/route'

export const POST = route(admin, 'fetchKeySource')

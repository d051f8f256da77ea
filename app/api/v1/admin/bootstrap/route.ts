import { infisicalAdmin } from '@/lib/apis/infisical/admin'
import { route } from '@/lib/server/route'

export const POST = route(infisicalAdmin, 'bootstrap')

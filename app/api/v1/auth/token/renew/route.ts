import { infisicalToken } from '@/lib/apis/infisical/token'
import { route } from '@/lib/server/route'

export const POST = route(infisicalToken, 'renew')

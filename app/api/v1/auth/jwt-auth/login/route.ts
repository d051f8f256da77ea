import { infisicalJwtAuth } from '@/lib/apis/infisical/jwt-auth'
import { route } from '@/lib/server/route'

export const POST = route(infisicalJwtAuth, 'login')

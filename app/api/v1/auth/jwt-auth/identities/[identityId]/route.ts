import { infisicalJwtAuth } from '@/lib/apis/infisical/jwt-auth'
import { route } from '@/lib/server/route'

export const POST = route(infisicalJwtAuth, 'attach')
export const GET = route(infisicalJwtAuth, 'get')
export const PATCH = route(infisicalJwtAuth, 'update')
export const DELETE = route(infisicalJwtAuth, 'revoke')

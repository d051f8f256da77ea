import { infisicalTokenAuth } from '@/lib/apis/infisical/token-auth'
import { route } from '@/lib/server/route'

export const POST = route(infisicalTokenAuth, 'attach')
export const GET = route(infisicalTokenAuth, 'get')
export const DELETE = route(infisicalTokenAuth, 'revoke')

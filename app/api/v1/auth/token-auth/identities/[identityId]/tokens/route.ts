import { infisicalTokenAuth } from '@/lib/apis/infisical/token-auth'
import { route } from '@/lib/server/route'

export const POST = route(infisicalTokenAuth, 'createToken')
export const GET = route(infisicalTokenAuth, 'listTokens')

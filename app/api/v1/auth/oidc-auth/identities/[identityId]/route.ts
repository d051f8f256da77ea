import { infisicalOidcAuth } from '@/lib/apis/infisical/oidc-auth'
import { route } from '@/lib/server/route'

export const POST = route(infisicalOidcAuth, 'attach')
export const GET = route(infisicalOidcAuth, 'get')
export const PATCH = route(infisicalOidcAuth, 'update')
export const DELETE = route(infisicalOidcAuth, 'revoke')

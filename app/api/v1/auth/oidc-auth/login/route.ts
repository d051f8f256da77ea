import { infisicalOidcAuth } from '@/lib/apis/infisical/oidc-auth'
import { route } from '@/lib/server/route'

export const POST = route(infisicalOidcAuth, 'login')

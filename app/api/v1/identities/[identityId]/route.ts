import { infisicalIdentities } from '@/lib/apis/infisical/identities'
import { route } from '@/lib/server/route'

export const GET = route(infisicalIdentities, 'get')
export const PATCH = route(infisicalIdentities, 'update')
export const DELETE = route(infisicalIdentities, 'remove')

import { infisicalIdentities } from '@/lib/apis/infisical/identities'
import { route } from '@/lib/server/route'

export const POST = route(infisicalIdentities, 'create')
export const GET = route(infisicalIdentities, 'list')

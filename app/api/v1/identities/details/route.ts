import { infisicalIdentities } from '@/lib/apis/infisical/identities'
import { route } from '@/lib/server/route'

export const GET = route(infisicalIdentities, 'details')

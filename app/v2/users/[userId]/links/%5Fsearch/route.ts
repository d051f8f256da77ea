import { zitadelIntents } from '@/lib/apis/zitadel/intents'
import { route } from '@/lib/server/route'

export const POST = route(zitadelIntents, 'listIDPLinks')

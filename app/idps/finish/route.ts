import { zitadelSignIn } from '@/lib/apis/zitadel/sign-in'
import { route } from '@/lib/server/route'

export const GET = route(zitadelSignIn, 'finish')

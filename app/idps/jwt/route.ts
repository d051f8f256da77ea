import { zitadelSignIn } from '@/lib/apis/zitadel/sign-in'
import { route } from '@/lib/server/route'

export const GET = route(zitadelSignIn, 'callback')
export const POST = route(zitadelSignIn, 'callbackPost')
export const PUT = route(zitadelSignIn, 'callbackPut')
export const PATCH = route(zitadelSignIn, 'callbackPatch')
export const DELETE = route(zitadelSignIn, 'callbackDelete')

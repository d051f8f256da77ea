import { infisicalJwtAuth } from '@/lib/apis/infisical/jwt-auth'
import { nowhere } from '@/lib/server/route'

export const GET = nowhere(infisicalJwtAuth)
export const POST = GET
export const PUT = GET
export const PATCH = GET
export const DELETE = GET

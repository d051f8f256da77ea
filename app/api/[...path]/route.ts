import { admin } from '@/lib/apis/admin'
import { nowhere } from '@/lib/server/route'

export const GET = nowhere(admin)
export const POST = GET
export const PUT = GET
export const PATCH = GET
export const DELETE = GET

import { openApi } from '@/lib/server/openapi'

export const dynamic = 'force-dynamic'
export const GET = () => openApi()

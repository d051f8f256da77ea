import { metrics } from '@/lib/server/metrics'

export const dynamic = 'force-dynamic'
export const GET = metrics

import { status } from '@/lib/server/status'
import { version } from '@/package.json'

export const dynamic = 'force-dynamic'
export const GET = () => status(version)

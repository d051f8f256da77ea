import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { railCookie } from '@/components/layout/rail-cookie'
import { SessionFrame } from '@/components/session/session-frame'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const railCollapsed = (await cookies()).get(railCookie)?.value === 'collapsed'
  return <SessionFrame railCollapsed={railCollapsed}>{children}</SessionFrame>
}

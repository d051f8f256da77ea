import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { RequiredSecondFactor } from '@/components/account/required-second-factor'
import { railCookie } from '@/components/layout/rail-cookie'
import { SessionFrame } from '@/components/session/session-frame'
import { sessionOfPage } from '@/lib/server/page-session'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const railCollapsed = (await cookies()).get(railCookie)?.value === 'collapsed'
  const session = await sessionOfPage()
  return (
    <SessionFrame session={session} secondFactor={<RequiredSecondFactor />} railCollapsed={railCollapsed}>
      {children}
    </SessionFrame>
  )
}

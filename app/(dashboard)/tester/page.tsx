import type { Metadata } from 'next'
import { PageHeader } from '@/components/layout/page-header'
import { TokenExplorer } from '@/components/tester/token-explorer'

export const metadata: Metadata = { title: 'Tester' }

export default function TesterPage() {
  return (
    <>
      <PageHeader
        title="Tester"
        description="Which of your trusts accept this token, and why the others refuse it. Judged in this browser."
      />
      <TokenExplorer />
    </>
  )
}

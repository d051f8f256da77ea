import type { Metadata } from 'next'
import { PageHeader } from '@/components/layout/page-header'
import { TokenExplorer } from '@/components/tester/token-explorer'

export const metadata: Metadata = { title: 'Tester' }

export default function TesterPage() {
  return (
    <>
      <PageHeader
        title="Tester"
        description="Which of your trusts would believe this token, and why the others would not. Judged in this browser."
      />
      <TokenExplorer />
    </>
  )
}

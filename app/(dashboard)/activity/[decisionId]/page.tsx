import { DecisionPage } from '@/components/activity/decision-page'

export const metadata = { title: 'Login decision' }

export default async function Page({ params }: { params: Promise<{ decisionId: string }> }) {
  const { decisionId } = await params
  return <DecisionPage decisionId={decisionId} />
}

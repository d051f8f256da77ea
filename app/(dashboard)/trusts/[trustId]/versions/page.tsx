import { TrustVersionsPage } from '@/components/audit/trust-versions-page'

export const metadata = { title: 'Versions of a trust' }

export default async function Page({ params }: { params: Promise<{ trustId: string }> }) {
  const { trustId } = await params
  return <TrustVersionsPage trustId={trustId} />
}

import { KeySourcePage } from '@/components/key-sources/key-source-page'

export const metadata = { title: 'Key source' }

export default async function Page({ params }: { params: Promise<{ sourceId: string }> }) {
  const { sourceId } = await params
  return <KeySourcePage sourceId={sourceId} />
}

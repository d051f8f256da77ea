import { StreamPage } from '@/components/streams/stream-page'

export const metadata = { title: 'Stream' }

export default async function Page({ params }: { params: Promise<{ streamId: string }> }) {
  const { streamId } = await params
  return <StreamPage streamId={streamId} />
}

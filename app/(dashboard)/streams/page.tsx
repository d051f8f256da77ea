import { StreamsPage } from '@/components/streams/streams-page'

export const metadata = { title: 'Streams' }

export default function Page() {
  return <StreamsPage />
}

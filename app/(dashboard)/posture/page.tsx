import { PosturePage } from '@/components/posture-page/posture-page'

export const metadata = { title: 'Posture' }

export default function Page() {
  return <PosturePage />
}

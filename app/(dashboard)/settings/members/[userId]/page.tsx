import { MemberPage } from '@/components/members/member-page'

export const metadata = { title: 'Member' }

export default async function Page({ params }: { params: Promise<{ userId: string }> }) {
  const { userId } = await params
  return <MemberPage userId={userId} />
}

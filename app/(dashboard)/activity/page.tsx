import { ActivityPage } from '@/components/activity/activity-page'

export const metadata = { title: 'Activity' }

export default function Page() {
  return <ActivityPage />
}

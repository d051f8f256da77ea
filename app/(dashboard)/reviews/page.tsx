import { ReviewsPage } from '@/components/reviews/reviews-page'

export const metadata = { title: 'Access reviews' }

export default function Page() {
  return <ReviewsPage />
}

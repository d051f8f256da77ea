import { ReviewPage } from '@/components/reviews/review-page'

export const metadata = { title: 'Access review' }

export default async function Page({ params }: { params: Promise<{ reviewId: string }> }) {
  const { reviewId } = await params
  return <ReviewPage reviewId={reviewId} />
}

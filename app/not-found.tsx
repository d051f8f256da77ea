import { PublicPageFrame } from '@/components/session/public-page-frame'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <PublicPageFrame title="There is no such page" description="The address may be old or mistyped.">
      <Button asChild>
        <Link href="/">Go to the overview</Link>
      </Button>
    </PublicPageFrame>
  )
}

import Link from 'next/link'
import { DoorFrame } from '@/components/session/door-frame'
import { Button } from '@/components/ui/button'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <DoorFrame title="There is no such page" description="The address may be old or mistyped.">
      <Button asChild>
        <Link href="/">Go to the overview</Link>
      </Button>
    </DoorFrame>
  )
}

'use client'

import { ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { requestLeave } from '@/components/form/unsaved-guard'
import { Button } from '@/components/ui/button'
import { offerToken } from '@/lib/client/token-handover'

/** Leads to the tester's page with the token at hand, after a question where changes would be lost. */
export function JudgeEverywhere({ token }: { token: string }) {
  const router = useRouter()
  function leave() {
    offerToken(token)
    router.push('/tester')
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button size="sm" onClick={() => requestLeave(leave)}>
        Judge by every trust
        <ArrowRight aria-hidden />
      </Button>
      <p className="text-compact text-muted-foreground">
        Which of them accept this token, and how near the others are.
      </p>
    </div>
  )
}

'use client'

import { Check, Copy, Link2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useCopy } from '@/components/ui/use-copy'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { toFragment, toMarkdown, toShared } from '@/lib/trust/shared-verdict'

/** Copies the verdict with header and claims, without the signature: as a link, or as Markdown. Nothing is sent. */
export function ShareVerdict({ verdict }: { verdict: Verdict }) {
  const [link, markdown] = [useCopy(), useCopy()]
  const shared = () => toShared(verdict, Date.now() / 1000)
  const url = () => `${window.location.origin}/shared-verdict#${toFragment(shared())}`
  const isFailed = link.failed || markdown.failed
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t px-4 py-2.5">
      <Button size="sm" onClick={() => link.copy(url())}>
        {link.copied ? <Check aria-hidden /> : <Link2 aria-hidden />}
        {link.copied ? 'Copied' : 'Copy link'}
      </Button>
      <Button size="sm" onClick={() => markdown.copy(toMarkdown(shared()))}>
        {markdown.copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        {markdown.copied ? 'Copied' : 'Copy as Markdown'}
      </Button>
      <p role="status" className="min-w-0 text-compact text-muted-foreground">
        {isFailed
          ? 'The browser refused to copy.'
          : 'Claims, header and checks, without the signature. Readable without an account.'}
      </p>
    </div>
  )
}

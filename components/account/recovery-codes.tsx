'use client'

import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CopyButton } from '@/components/ui/copy-button'

/** Shows new recovery codes, once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = `${codes.join('\n')}\n`
  return (
    <div className="grid gap-4">
      <Callout tone="attention" title="Store these codes now">
        Each code signs you in once if you lose your app. They are not shown again, and earlier codes no longer work.
      </Callout>
      <ol
        aria-label="Recovery codes"
        className="grid gap-x-6 gap-y-1 rounded-md bg-muted p-3 font-mono text-compact sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="inline-flex items-center gap-2">
          <Button onClick={() => download(text)}>
            <Download aria-hidden />
            Download
          </Button>
          <CopyButton text={text} label="Copy the recovery codes" size="md" />
        </span>
        <Button variant="primary" onClick={onDone}>
          I have stored them
        </Button>
      </div>
    </div>
  )
}

function download(text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'keybound-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(url)
}

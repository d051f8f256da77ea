'use client'

import { ArrowRight, Bell, BellOff } from 'lucide-react'
import { useState } from 'react'
import { FindingRow } from '@/components/posture/finding-row'
import { admittedOf } from '@/components/posture/posture-words'
import { StrangersGrid } from '@/components/posture/strangers-grid'
import { TrustSentence } from '@/components/posture/trust-sentence'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toaster'
import { type TrustPosture, useTrustPosture, useUnmuteFinding } from '@/lib/client/posture'
import { useCan } from '@/lib/client/session'
import type { FindingAnswer } from '@/lib/model/posture'

// Its form is loaded when it is opened.
const MuteDialog = onDemand(() => import('./mute-dialog').then((module) => module.MuteDialog))

/** Findings and strangers of one stored trust, with mutes. */
export function TrustDetail({ trustId, href }: { trustId: string; href: string | null }) {
  const { data, error, refetch } = useTrustPosture(trustId)
  if (error && !data) {
    return <ErrorState title="The findings could not be loaded" error={error} onRetry={() => refetch()} />
  }
  if (!data) {
    return (
      <div aria-busy className="grid gap-3">
        <Skeleton className="h-5 w-3/4" />
        <Skeleton className="h-40" />
      </div>
    )
  }
  return <Known trustId={trustId} posture={data} href={href} />
}

function Known({ trustId, posture, href }: { trustId: string; posture: TrustPosture; href: string | null }) {
  const canWrite = useCan('write')
  const unmute = useUnmuteFinding(trustId)
  const [muting, setMuting] = useState<FindingAnswer | null>(null)
  const { sentence, worst, strangers, findings, noData } = posture

  async function endMute({ id }: FindingAnswer) {
    try {
      await unmute.mutateAsync(id)
      toast.success(`${id} counts again`)
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'It did not work. Try again.')
    }
  }

  return (
    <div className="-m-4 grid divide-y">
      <div className="flex flex-wrap items-start justify-between gap-3 p-4">
        <TrustSentence posture={{ sentence, worst, strangers: admittedOf(strangers) }} />
        {href && (
          <Button asChild size="sm">
            <Link href={href}>
              Open the trust
              <ArrowRight aria-hidden />
            </Link>
          </Button>
        )}
      </div>
      {findings.length === 0 ? (
        <p className="p-4 text-muted-foreground">No rule finds anything.</p>
      ) : (
        <ul aria-label="Findings">
          {findings.map((finding, at) => (
            <FindingRow
              key={`${finding.id} ${at}`}
              finding={finding}
              isOpen={at === 0}
              actions={canWrite && <MuteButton finding={finding} onMute={setMuting} onUnmute={endMute} />}
            >
              {finding.fix && (
                <p className="break-words text-muted-foreground">
                  <span className="font-medium">To fix it: </span>
                  {shownText(finding.fix.label)}
                </p>
              )}
            </FindingRow>
          ))}
        </ul>
      )}
      <StrangersGrid
        strangers={strangers}
        actionOf={({ smallestFix }) => smallestFix && shownText(smallestFix.label)}
      />
      {noData.length > 0 && (
        <details>
          <summary className="px-4 py-2 text-compact text-muted-foreground hover:text-foreground">
            {noData.length === 1 ? '1 rule has no data yet' : `${noData.length} rules have no data yet`}
          </summary>
          <ul className="grid gap-0.5 px-4 pb-3 text-compact text-muted-foreground">
            {noData.map(({ id, missing }) => (
              <li key={id}>
                <span className="font-mono">{id}</span>: {shownText(missing)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {muting && <MuteDialog trustId={trustId} finding={muting} onClose={() => setMuting(null)} />}
    </div>
  )
}

function MuteButton({
  finding,
  onMute,
  onUnmute,
}: {
  finding: FindingAnswer
  onMute: (finding: FindingAnswer) => void
  onUnmute: (finding: FindingAnswer) => void
}) {
  const Icon = finding.mute ? Bell : BellOff
  return (
    <Button size="sm" onClick={() => (finding.mute ? onUnmute(finding) : onMute(finding))}>
      <Icon aria-hidden />
      {finding.mute ? 'Unmute' : 'Mute'}
      <span className="sr-only"> {finding.id}</span>
    </Button>
  )
}

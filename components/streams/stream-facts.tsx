'use client'

import { counted } from '@/components/ui/counted'
import { KeyValueList } from '@/components/ui/key-value-list'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { Stream } from '@/lib/client/streams'
import { streamKinds } from '@/lib/model/stream-facts'

export function StreamFacts({ stream }: { stream: Stream }) {
  const { kinds, batchMax, caCert, sent, behind, lastDeliveredAt, createdAt, createdByName } = stream
  return (
    <KeyValueList
      items={[
        { label: 'Events', value: kinds.map((kind) => streamKinds[kind]).join(', ') || 'None that can be read' },
        { label: 'A request has', value: batchMax === 1 ? 'One event' : `Up to ${batchMax} events` },
        { label: 'CA certificate', value: caCert === '' ? 'None of its own' : 'Given' },
        { label: 'Delivered', value: counted(sent, 'event') },
        { label: 'Waiting', value: `${counted(behind, 'entry', 'entries')} of the log` },
        { label: 'Last delivered', value: lastDeliveredAt && <TimeAgo at={lastDeliveredAt} /> },
        {
          label: 'Made',
          value: (
            <>
              <TimeAgo at={createdAt} /> {createdByName && <>by {shownText(createdByName)}</>}
            </>
          ),
        },
      ]}
    />
  )
}

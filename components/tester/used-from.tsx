'use client'

import { FormField } from '@/components/form/form-field'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { useOwnAddress } from '@/lib/client/evaluate'

/** The address that an access token would be used from. */
export function UsedFrom({ ip, onIp }: { ip: string; onIp: (ip: string) => void }) {
  const own = useOwnAddress(onIp)
  const isUnknown = own.error !== null || own.data === null
  return (
    <FormField
      label="Used from"
      help="Enter an address to see whether the access token could be used from it."
      error={isUnknown ? 'The server does not know your address.' : null}
      aside={
        <Button variant="link" size="sm" onClick={() => own.mutate()}>
          Use mine
        </Button>
      }
    >
      {(wiring) => (
        <Input {...wiring} mono placeholder="10.1.2.3" value={ip} onChange={(event) => onIp(event.target.value)} />
      )}
    </FormField>
  )
}

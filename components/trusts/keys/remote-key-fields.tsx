'use client'

import { RotateCw } from 'lucide-react'
import { type Control, useController, useWatch } from 'react-hook-form'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { onDemand } from '@/components/ui/on-demand'
import { Progress } from '@/components/ui/progress'
import { shownText } from '@/components/ui/shown'
import { useFetchKeys, useKeyLookups } from '@/lib/client/keys'
import { explainTemplate, isIssuerTemplate, tenantOf } from '@/lib/trust/issuer-template'
import { keySources } from '@/lib/trust/key-sources'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { type RemoteKind, textOrNothing } from '../form/source-rows'
import type { TrustFormValues } from '../form/values'
import { CaCertificateField } from './ca-certificate-field'

// Loaded with the first answer.
const KeyTable = onDemand(() => import('./key-table').then((module) => module.KeyTable))

const words: Record<RemoteKind, { label: string; help: string; placeholder: string; act: string }> = {
  'jwks-url': {
    label: 'JWKS URL',
    help: 'Fetched, cached and refreshed by this server, not by your browser.',
    placeholder: 'https://issuer.example.com/.well-known/jwks.json',
    act: 'Fetch keys now',
  },
  'oidc-discovery': {
    label: 'Discovery URL',
    help: 'The issuer’s address, with or without /.well-known/openid-configuration.',
    placeholder: 'https://issuer.example.com',
    act: 'Discover now',
  },
}

/** A remote source: URL, a button to fetch, and the result. */
export function RemoteKeyFields({
  control,
  at,
  kind,
}: {
  control: Control<TrustFormValues>
  /** Index of its row. */
  at: number
  kind: RemoteKind
}) {
  const { url, caCert } = useWatch({ control, name: `sources.${at}.${kind}` })
  const fetchKeys = useFetchKeys()
  const parsed = keySources.of(kind).schema.safeParse({ kind, url: url.trim(), caCert: textOrNothing(caCert) })
  const source: RemoteKeySource | null = parsed.success ? parsed.data : null
  // Sends no request by itself: shows the result of the button or the tester.
  const [known] = useKeyLookups(source ? [source] : [], () => false)
  const failed = fetchKeys.error && fetchKeys.variables?.url === source?.url ? fetchKeys.error : null
  const { label, help, placeholder, act } = words[kind]
  const issuer = useController({ control, name: 'issuer' })
  const address = useController({ control, name: `sources.${at}.${kind}.url` })
  const discovered = known?.data?.discovery?.issuer
  const isTemplate = discovered !== undefined && isIssuerTemplate(discovered)
  const tenant = isTemplate ? tenantOf(discovered, [issuer.field.value]) : null

  return (
    <div className="grid gap-3">
      <TextField
        control={control}
        name={`sources.${at}.${kind}.url`}
        type="url"
        mono
        label={label}
        help={help}
        placeholder={placeholder}
        aside={
          <Button
            size="sm"
            disabled={!source}
            busy={fetchKeys.isPending}
            onClick={() => {
              KeyTable.preload()
              if (source) fetchKeys.mutate(source)
            }}
          >
            {!fetchKeys.isPending && <RotateCw aria-hidden />}
            {act}
          </Button>
        }
      />
      <div aria-live="polite" className="grid gap-2 empty:hidden">
        {fetchKeys.isPending && <Progress value={null} label="Fetching keys" />}
        {failed && <Callout tone="danger">{shownText(failed.message)}</Callout>}
        {!failed && known?.data && <KeyTable lookup={known.data} />}
        {!failed && isTemplate && (
          <Callout tone="attention" title="This discovery document is for many tenants">
            <span className="break-words">{shownText(explainTemplate(discovered, [issuer.field.value]))}</span>
          </Callout>
        )}
        {!failed && tenant && (
          <Button size="sm" className="w-fit" onClick={() => address.field.onChange(tenant)}>
            Use {shownText(tenant)} as the discovery URL
          </Button>
        )}
        {!failed && discovered && !isTemplate && discovered !== issuer.field.value && (
          <Button size="sm" className="w-fit" onClick={() => issuer.field.onChange(discovered)}>
            Use {shownText(discovered)} as the issuer
          </Button>
        )}
      </div>
      <CaCertificateField control={control} at={at} kind={kind} />
    </div>
  )
}

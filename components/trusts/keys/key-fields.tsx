'use client'

import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Control, useFieldArray, useWatch } from 'react-hook-form'
import { RadioField } from '@/components/form/radio-field'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { onDemand } from '@/components/ui/on-demand'
import { keySources } from '@/lib/trust/key-sources'
import { FieldSpot } from '../form/field-spot'
import { emptySourceRow, isRemoteKind, type KeyKind } from '../form/source-rows'
import type { TrustFormValues } from '../form/values'
import { RemoteKeyFields } from './remote-key-fields'

// With what reads keys: loaded where keys are typed in.
const InlineKeyFields = onDemand(() => import('./inline-key-fields').then((module) => module.InlineKeyFields))
const PemFields = onDemand(() => import('./pem-fields').then((module) => module.PemFields))

/** Names of kinds of key source in a list of several. */
const titles: Partial<Record<KeyKind, string>> = { 'static-pem': 'Static keys', 'inline-jwk': 'Static keys (JWK)' }
const titleOf = (kind: KeyKind) => titles[kind] ?? keySources.of(kind).title

/**
 * Key sources of an identity's trust: one or several of any kind, used in order. Each keeps its text while another kind
 * is selected.
 */
export function KeyFields({
  control,
  usual,
}: {
  control: Control<TrustFormValues>
  /** Kinds that the first row offers side by side. */
  usual: readonly KeyKind[]
}) {
  const { fields: rows, append, remove } = useFieldArray({ control, name: 'sources' })
  return (
    <FieldSpot name="sources" className="grid gap-4">
      {rows.map(({ id }, at) => (
        <SourceFrame key={id} title={rows.length > 1 ? `Key source ${at + 1}` : null} onRemove={() => remove(at)}>
          <SourceRowFields control={control} at={at} usual={at === 0 ? usual : []} />
        </SourceFrame>
      ))}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="sm">
              <Plus aria-hidden />
              Add another source
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            {keySources.kinds.map((kind) => (
              <DropdownMenuItem key={kind} onSelect={() => append(emptySourceRow(kind))}>
                {titleOf(kind)}
              </DropdownMenuItem>
            ))}
          </DropdownMenuContent>
        </DropdownMenu>
        <p className="text-compact text-muted-foreground">
          {rows.length > 1
            ? 'The first source that has the token’s kid is used. Infisical’s API shows only trusts with one source, or with static keys.'
            : 'Use several sources while an issuer moves, for example.'}
        </p>
      </div>
    </FieldSpot>
  )
}

/** One source: its kind, where there is a choice, and the fields of that kind. */
function SourceRowFields({
  control,
  at,
  usual,
}: {
  control: Control<TrustFormValues>
  at: number
  usual: readonly KeyKind[]
}) {
  const kind = useWatch({ control, name: `sources.${at}.kind` })
  return (
    <>
      {usual.length > 1 && usual.includes(kind) && (
        <RadioField
          control={control}
          name={`sources.${at}.kind`}
          label="Keys"
          options={usual.map((value) => ({ value, label: titleOf(value) }))}
        />
      )}
      {/* Keyed, so that each kind's fields start from its own values. */}
      <SourceFields key={kind} control={control} at={at} kind={kind} />
    </>
  )
}

/** Fields of one source, by its kind. */
export function SourceFields({ control, at, kind }: { control: Control<TrustFormValues>; at: number; kind: KeyKind }) {
  if (isRemoteKind(kind)) return <RemoteKeyFields control={control} at={at} kind={kind} />
  if (kind === 'static-pem') return <PemFields control={control} at={at} />
  return <InlineKeyFields control={control} at={at} />
}

/** Distinguishes fields of several sources by name. */
function SourceFrame({
  title,
  onRemove,
  children,
}: {
  /** null: the only one. */
  title: string | null
  onRemove: () => void
  children: ReactNode
}) {
  if (title === null) return <div className="grid gap-3">{children}</div>
  return (
    <fieldset className="relative grid gap-3 rounded-md border px-3 pt-1 pb-3">
      <legend className="px-1 font-medium">{title}</legend>
      <IconButton
        label={`Remove ${title.toLowerCase()}`}
        size="sm"
        className="absolute -top-5 right-2"
        onClick={onRemove}
      >
        <X aria-hidden />
      </IconButton>
      {children}
    </fieldset>
  )
}

'use client'

import { X } from 'lucide-react'
import { type Control, useController } from 'react-hook-form'
import { errorSentence } from '@/components/form/error-sentence'
import { FieldError } from '@/components/form/form-field'
import { IconButton } from '@/components/ui/icon-button'
import { keySources } from '@/lib/trust/key-sources'
import { describeMatcher } from '@/lib/trust/matchers'
import { KeySource } from '@/lib/trust/trust'
import { FieldSpot } from './field-spot'
import type { TrustFormValues } from './trust-form'

/** Rules the form has no words for: shown, kept as they are, and removable. */
export function KeptRules({ control }: { control: Control<TrustFormValues> }) {
  const { field, fieldState } = useController({ control, name: 'otherRules' })
  return (
    <Kept
      name="otherRules"
      title="Other rules"
      help="Kept as they are. This form has no fields for them."
      error={errorSentence(fieldState.error)}
      items={field.value.map(({ rule: { path, matcher, whenAbsent } }) => ({
        name: path,
        words: `${describeMatcher(matcher)}${whenAbsent === 'allow' ? ', or missing' : ''}`,
      }))}
      onRemove={(at) => field.onChange(field.value.filter((_, index) => index !== at))}
    />
  )
}

/** Key sources of another kind than the one that is edited. */
export function KeptKeys({ control }: { control: Control<TrustFormValues> }) {
  const { field, fieldState } = useController({ control, name: 'otherKeys' })
  return (
    <Kept
      name="otherKeys"
      title="Other key sources"
      help="Kept as they are, and believed as well."
      error={errorSentence(fieldState.error)}
      items={field.value.map(({ json }) => {
        const { data: source } = KeySource.safeParse(JSON.parse(json))
        if (!source) return { name: 'Unreadable', words: json }
        return { name: keySources.of(source.kind).title, words: 'url' in source ? source.url : wordsOfKey(source) }
      })}
      onRemove={(at) => field.onChange(field.value.filter((_, index) => index !== at))}
    />
  )
}

function wordsOfKey(source: Exclude<KeySource, { url: string }>): string {
  if (source.kind === 'inline-jwk') return typeof source.jwk.kid === 'string' ? source.jwk.kid : 'without kid'
  return source.pem.split('\n').slice(1, 2).join('')
}

function Kept({
  name,
  title,
  help,
  error,
  items,
  onRemove,
}: {
  name: string
  title: string
  help: string
  error: string | null
  items: readonly { name: string; words: string }[]
  onRemove: (at: number) => void
}) {
  if (items.length === 0) return null
  return (
    <FieldSpot name={name} className="grid gap-1.5">
      <p className="font-medium leading-5">{title}</p>
      <ul className="divide-y rounded-md border">
        {items.map((item, at) => (
          <li key={at} className="flex items-center justify-between gap-2 py-1 pr-1 pl-2.5 text-compact">
            <span className="min-w-0 break-words font-mono">
              <span className="font-medium">{item.name}</span> {item.words}
            </span>
            <IconButton label={`Remove ${item.name}`} size="sm" onClick={() => onRemove(at)}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <p className="text-compact text-muted-foreground">{help}</p>
      {error && <FieldError>{error}</FieldError>}
    </FieldSpot>
  )
}

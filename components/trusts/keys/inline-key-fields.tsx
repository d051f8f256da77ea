'use client'

import { type Control, useController } from 'react-hook-form'
import { errorSentence } from '@/components/form/error-sentence'
import type { TrustFormValues } from '../form/values'
import { JwkFields } from './jwk-fields'

/** Public keys typed in as JSON Web Keys. */
export function InlineKeyFields({ control, at }: { control: Control<TrustFormValues>; at: number }) {
  const { field, fieldState } = useController({ control, name: `sources.${at}.inline-jwk` })
  return <JwkFields value={field.value} onChange={field.onChange} error={errorSentence(fieldState.error)} />
}

'use client'

import { Plus } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import { FieldError, FormField } from '@/components/form/form-field'
import { Button } from '@/components/ui/button'
import { Textarea } from '@/components/ui/textarea'
import { JwkRow } from './jwk-row'
import { type DroppedFile, KeyDrop } from './key-drop'
import { addKeys, type HeldKey, rowProblems } from './key-list'
import { PrivateKeyAlarm } from './private-key-alarm'
import { secretIn, takeKeys } from './take-keys'

/**
 * Public keys typed in: one box takes a JWK, a JWKS or PEM, and each key becomes a row. A paste into the empty box is
 * added at once; typed text by Control+Enter, the button, or on blur. Secrets are wiped.
 */
export function JwkFields({
  value,
  onChange,
  error,
}: {
  value: HeldKey[]
  onChange: (keys: HeldKey[]) => void
  error: string | null
}) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [alarm, setAlarm] = useState<{ isPrivate: boolean; isSecret: boolean; message: string } | null>(null)
  const [said, setSaid] = useState('')
  const box = useRef<HTMLTextAreaElement>(null)
  const list = useRef<HTMLUListElement>(null)
  // Reading keys is asynchronous, and the list may change meanwhile.
  const latest = useRef(value)
  latest.current = value

  /** @param from name of the file */
  async function take(taken: string, from?: string) {
    setText('')
    const intake = await takeKeys(taken)
    const where = from ? `${from}: ` : ''
    if (!intake.ok) {
      if (intake.isSecret)
        return setAlarm({ isPrivate: intake.isPrivate, isSecret: true, message: `${where}${intake.message}` })
      if (!from) setText((typed) => typed || taken)
      return setProblem(`${where}${intake.message}`)
    }
    const result = addKeys(latest.current, intake.keys)
    latest.current = result.list
    if (result.added > 0) onChange(result.list)
    setSaid(result.added === 1 ? 'Added one key' : `Added ${result.added} keys`)
    const left = intake.problem ?? result.problem
    setProblem(left && `${where}${left}`)
  }

  /** Judged before it is in the box, so that the browser's undo holds no secret. */
  function wiped(taken: string): boolean {
    const secret = secretIn(taken)
    if (!secret) return false
    setText('')
    setAlarm({ ...secret, isSecret: true })
    return true
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData('text')
    if (wiped(pasted)) return event.preventDefault()
    if (text.trim() !== '' || pasted.trim() === '') return
    event.preventDefault()
    take(pasted)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (text.trim() !== '') take(text)
  }

  async function takeFiles(files: DroppedFile[]) {
    for (const { name, text: content } of files) {
      if (content === null) setProblem(`${name} could not be read, or is larger than 1 MiB.`)
      else await take(content, name)
    }
  }

  function remove(at: number) {
    onChange(value.filter((_, index) => index !== at))
    setSaid(`Removed key ${at + 1}`)
    setProblem(null)
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLElement>('[data-remove]')
      const next = buttons?.[Math.min(at, buttons.length - 1)] ?? box.current
      next?.focus()
    })
  }

  const problems = rowProblems(value)
  return (
    <KeyDrop onFiles={takeFiles}>
      {(chooser) => (
        <fieldset className="grid min-w-0 gap-2">
          <legend className="mb-1.5 font-medium leading-5">Supplied keys</legend>
          {value.length > 0 && (
            <ul ref={list} aria-label="Supplied keys" className="divide-y rounded-md border">
              {value.map((held, at) => (
                <JwkRow
                  key={at}
                  held={held}
                  at={at}
                  problem={problems[at] ?? null}
                  onChange={(key) => onChange(value.map((old, index) => (index === at ? key : old)))}
                  onRemove={() => remove(at)}
                />
              ))}
            </ul>
          )}
          <PrivateKeyAlarm alarm={alarm} onClose={() => setAlarm(null)} />
          <FormField
            label="Add keys"
            help="A JWK, a JWKS, or public keys in PEM, which get their thumbprint as kid. You can drop files here."
            error={problem}
          >
            {(wiring) => (
              <Textarea
                {...wiring}
                ref={box}
                mono
                className="max-h-40 min-h-16"
                placeholder={'{"kty":"EC","crv":"P-256","x":"…","y":"…","kid":"2026-a"}'}
                value={text}
                onChange={(event) => {
                  setProblem(null)
                  if (!wiped(event.target.value)) setText(event.target.value)
                }}
                onPaste={onPaste}
                onKeyDown={onKeyDown}
                onBlur={() => {
                  if (text.trim() !== '') take(text)
                }}
              />
            )}
          </FormField>
          <div className="flex flex-wrap gap-2">
            <Button size="sm" disabled={text.trim() === ''} onClick={() => text.trim() !== '' && take(text)}>
              <Plus aria-hidden />
              Add
            </Button>
            {chooser}
          </div>
          {error && <FieldError>{error}</FieldError>}
          <span aria-live="polite" className="sr-only">
            {said}
          </span>
        </fieldset>
      )}
    </KeyDrop>
  )
}

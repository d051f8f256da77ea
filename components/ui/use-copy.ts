'use client'

import { useEffect, useState } from 'react'

/** Copies text; `copied` is true for two seconds after success, `failed` when the browser refused. */
export function useCopy() {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')

  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])

  const copy = async (text: string) => setState((await writeClipboard(text)) ? 'copied' : 'failed')
  return { copy, copied: state === 'copied', failed: state === 'failed' }
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text)
      return true
    }
    return copyBySelection(text)
  } catch {
    return false
  }
}

/** The clipboard API exists only in a secure context; this works on plain http too. */
function copyBySelection(text: string): boolean {
  const holder = document.createElement('textarea')
  holder.value = text
  holder.style.position = 'fixed'
  holder.style.opacity = '0'
  const focused = document.activeElement
  // Inside an open dialog, whose focus trap would take the selection away.
  const home = focused?.closest('[role="dialog"], [role="alertdialog"]') ?? document.body
  home.append(holder)
  holder.select()
  const done = document.execCommand('copy')
  holder.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return done
}
